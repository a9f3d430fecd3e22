//! What is known of words: a table from their bytes to anything.
//!
//! A book asks it for every word it has, more than once, so it is made for being asked. The bytes of a
//! word are packed into numbers, which are compared faster than bytes, and the numbers say in which
//! place it stands, or near which: behind the last place the first one follows (Knuth, TAOCP 6.4,
//! algorithm L). Nothing depends on the order of the places: they are never gone through.

/// How many numbers the bytes of a word are packed into.
const NUMBERS: usize = 5;

/// The bytes of a word, and how many they are.
#[derive(Clone, Copy, Debug)]
pub struct Key([u64; NUMBERS]);

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        // Most are equal that are compared: no number is worth a branch.
        self.0.iter().zip(other.0).fold(0, |all, (own, other)| all | (own ^ other)) == 0
    }
}

impl Eq for Key {}

impl Key {
    /// Packs a word; `None` for a long one, which is not worth remembering.
    pub fn of(word: &str) -> Option<Self> {
        let mut bytes = [0; 8 * NUMBERS];
        let (length, room) = bytes.split_last_mut()?;
        room.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
        *length = u8::try_from(word.len()).ok()?;
        let mut numbers = [0; NUMBERS];
        for (number, part) in numbers.iter_mut().zip(bytes.chunks_exact(8)) {
            *number = u64::from_be_bytes(part.try_into().ok()?);
        }
        Some(Self(numbers))
    }

    /// A number in which all bytes have a say, most in its upper half.
    fn mixed(self) -> u64 {
        // The odd number next to 2^64 divided by the golden ratio (Knuth, TAOCP 6.4).
        const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
        let mix = |mixed: u64, number: &u64| (mixed.rotate_left(29) ^ number).wrapping_mul(GOLDEN);
        self.0.iter().fold(0, mix)
    }
}

/// What is known of words.
#[derive(Clone, Debug)]
pub struct Known<V> {
    /// As many as a power of two says, and at least one of two is free.
    places: Vec<Option<(Key, V)>>,
    words: usize,
}

/// How many places there are at first.
const FIRST: usize = 128;

impl<V> Default for Known<V> {
    fn default() -> Self {
        Self { places: places(FIRST), words: 0 }
    }
}

impl<V> Known<V> {
    /// How many words are known.
    pub fn len(&self) -> usize {
        self.words
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.words == 0
    }

    /// What is known of a word.
    pub fn get(&self, key: Key) -> Option<&V> {
        self.places[self.place(key)].as_ref().map(|(_, value)| value)
    }

    /// Remembers a word that was not known.
    pub fn insert(&mut self, key: Key, value: V) {
        if (self.words + 1) * 2 > self.places.len() {
            let more = places(self.places.len() * 4);
            let old = std::mem::replace(&mut self.places, more);
            for (key, value) in old.into_iter().flatten() {
                let place = self.place(key);
                self.places[place] = Some((key, value));
            }
        }
        self.words += 1;
        let place = self.place(key);
        self.places[place] = Some((key, value));
    }

    /// Where a word stands, or the free place where it would.
    fn place(&self, key: Key) -> usize {
        let last = self.places.len() - 1;
        let mut at = (key.mixed() >> 32) as usize & last;
        while self.places[at].as_ref().is_some_and(|(known, _)| *known != key) {
            at = (at + 1) & last;
        }
        at
    }
}

fn places<V>(count: usize) -> Vec<Option<(Key, V)>> {
    std::iter::repeat_with(|| None).take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_keys_of_their_own_unless_they_are_long() {
        let longest = "x".repeat(8 * NUMBERS - 1);
        let words = ["", "\0", "a", "a\0", "a ", "ab", "abcdefgh", "abcdefghi", &longest];
        let keys: Vec<Key> = words.iter().filter_map(|word| Key::of(word)).collect();
        assert_eq!(keys.len(), words.len());
        for (at, key) in keys.iter().enumerate() {
            assert!(!keys[at + 1..].contains(key), "{:?}", words[at]);
        }
        assert_eq!(Key::of(&format!("{longest}x")), None);
    }

    #[test]
    fn words_are_found_again_and_half_of_the_places_stay_free() {
        let mut known = Known::default();
        let key = |number: usize| Key::of(&format!("word{number}")).expect("it is short");
        (0..10_000).for_each(|number| known.insert(key(number), number));
        assert_eq!(known.len(), 10_000);
        assert!((0..10_000).all(|number| known.get(key(number)) == Some(&number)));
        assert_eq!(known.get(key(10_000)), None);
        assert!(known.places.iter().filter(|place| place.is_none()).count() >= 10_000);
    }
}
