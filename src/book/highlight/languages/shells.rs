//! Languages of commands: shells, and the recipes of build tools.

use super::{Comment, DOUBLE, Hole, Language, PLAIN, Quote, SINGLE};
use crate::book::types::CodeRole;

/// Marks in the words of a command: paths, options, patterns, addresses.
const INNER: &str = "-./:~%+,*?^";

pub(super) static BASH: Language = Language {
    names: &["bash", "sh", "shell", "zsh", "ash", "ksh", "shell-script"],
    words: &[(CodeRole::Keyword, "break continue done esac exit fi function in return shift")],
    heads: &[
        (CodeRole::Function, "do elif else if then time until while"),
        (CodeRole::Plain, "case for select"),
    ],
    inner: INNER,
    comments: &["#"],
    apart: true,
    quotes: &[
        DOUBLE.lines().with(Hole::Code("$(", b')')),
        SINGLE.raw().lines(),
        Quote::new("$'", "'").lines(),
    ],
    documents: &["<<-", "<<", "<< "],
    sigils: &[(b'$', CodeRole::Plain)],
    calls: false,
    members: false,
    commands: true,
    between: "in",
    ..PLAIN
};

pub(super) static POWERSHELL: Language = Language {
    names: &["powershell", "ps1", "ps", "pwsh", "psm1", "psd1"],
    words: &[(
        CodeRole::Keyword,
        "begin break catch class continue end exit finally for foreach from in param process return
         switch throw trap try until using while",
    )],
    heads: &[(CodeRole::Function, "do else elseif filter function if")],
    folded: true,
    inner: "-./:~%+*?\\",
    comments: &["#"],
    apart: true,
    blocks: &[Comment { open: "<#", close: "#>", nested: false }],
    quotes: &[DOUBLE.raw().lines(), SINGLE.raw().lines()],
    sigils: &[(b'$', CodeRole::Plain)],
    calls: false,
    members: false,
    commands: true,
    between: "in",
    ..PLAIN
};

pub(super) static BATCH: Language = Language {
    names: &["batch", "bat", "cmd", "dosbatch", "batchfile"],
    words: &[
        (CodeRole::Comment, "rem ::"),
        (CodeRole::Keyword, "endlocal exit for goto if pause set setlocal shift"),
    ],
    heads: &[(CodeRole::Function, "call do else")],
    folded: true,
    inner: "-./:~%+*?\\",
    quotes: &[DOUBLE.raw()],
    calls: false,
    members: false,
    commands: true,
    between: "do",
    ..PLAIN
};

pub(super) static DOCKERFILE: Language = Language {
    names: &["dockerfile", "docker", "containerfile"],
    words: &[(
        CodeRole::Keyword,
        "add arg as copy env expose from label maintainer shell stopsignal user volume workdir",
    )],
    heads: &[(CodeRole::Function, "cmd entrypoint healthcheck onbuild run")],
    folded: true,
    inner: INNER,
    comments: &["#"],
    apart: true,
    quotes: &[DOUBLE, SINGLE.raw()],
    documents: &["<<-", "<<"],
    sigils: &[(b'$', CodeRole::Plain)],
    calls: false,
    members: false,
    commands: true,
    between: "as",
    ..PLAIN
};

pub(super) static MAKEFILE: Language = Language {
    names: &["makefile", "make", "mak", "mk", "gnumakefile"],
    words: &[(
        CodeRole::Keyword,
        "define else endef endif export ifdef ifeq ifndef ifneq include override unexport vpath
         -include",
    )],
    inner: "-./~%+,*?",
    comments: &["#"],
    apart: true,
    quotes: &[DOUBLE, SINGLE.raw()],
    sigils: &[(b'$', CodeRole::Plain)],
    calls: false,
    members: false,
    commands: true,
    ..PLAIN
};
