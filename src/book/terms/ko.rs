//! Korean.

use super::{DateWords, PlaceWords, References, ScreenWords, Terms};

pub(super) const KOREAN: Terms = Terms {
    spoken: None,
    imprint: "판권",
    contents: "차례",
    photographs: "사진 목록",
    credits: "이미지 출처",
    index: "찾아보기",
    speakers: "발표자",
    organisations: "기관",
    figures: "그림 목록",
    tables: "표 목록",
    cover: "표지",
    part: "제{number}부",
    figure: "그림 {}.",
    table: "표 {}.",
    references: References {
        chapter: "{}장", section: "{}절", figure: "그림 {}", table: "표 {}"
    },
    by: "{} 지음",
    edited_by: "{} 엮음",
    translated_by: "{} 옮김",
    illustrated_by: "{} 그림",
    join: [", ", ", ", ", "],
    comma: ", ",
    alerts: ["참고", "팁", "중요", "경고", "주의"],
    slides: "슬라이드",
    video: "동영상",
    version: "버전 {}",
    published_by: "펴낸곳: {}",
    licence_of_text: "본문 라이선스: {}",
    identifier: "식별자: {}",
    typo: "오탈자를 발견하셨나요? 각 장은 다음 주소에서 고칠 수 있습니다: {}",
    pictures: "각 이미지의 저작자와 라이선스는 이미지 옆과 ‘{}’에 밝혀 두었습니다.",
    source: "출처: {}",
    after: "원작: {}",
    set_in: "인쇄판 글꼴: {}.",
    made_with: "Endpaper로 만들었습니다.",
    origins: ["AI로 생성한 이미지", "일부를 AI로 생성한 이미지", "합성 이미지"],
    place: PlaceWords {
        place: "{page}쪽 {part}", parts: ["위", "가운데", "아래", "전면"]
    },
    note: "주 {}",
    columns: "열: {}",
    of: "{page}/{total}",
    date: DateWords {
        day: "{year}년 {number}월 {day}일",
        first: "1",
        weekday: "{date} {weekday}",
        months: "",
        weekdays: ["일요일", "월요일", "화요일", "수요일", "목요일", "금요일", "토요일"],
    },
    screen: ScreenWords {
        start: "본문 시작",
        landmarks: "랜드마크",
        pages: "쪽 목록",
        done: "완료",
        open: "미완료",
        back: "본문으로 돌아가기",
    },
};
