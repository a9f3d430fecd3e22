//! The frames that HTML opens: marks within a line, and elements that hold blocks, whether these are
//! HTML or, between blank lines, Markdown.
//!
//! An element that holds blocks ends at its closing tag, with the frame around it, or where HTML
//! says that it does without one: `<li>` at the next `<li>`.

use super::Builder;
use crate::manuscript::frame::{Frame, Kind, Mark};
use crate::manuscript::tree::Block;
use crate::source::Span;

impl Builder<'_> {
    /// Opens an HTML element within a line. Says whether it was done: not if it would be nested too deep.
    pub(in crate::manuscript) fn open_html(&mut self, name: &str, mark: Mark, span: Span) -> bool {
        let kind = Kind::Mark(mark);
        self.enter_item(span);
        if !self.may_open(&kind, span) {
            return false;
        }
        self.push_element(name, kind, span);
        true
    }

    /// Opens an HTML element that is a block or holds blocks. Says whether it was done: not where it
    /// is a part of something that is not open, or would be nested too deep.
    pub(in crate::manuscript) fn open_container(
        &mut self,
        name: &str,
        kind: Kind,
        span: Span,
    ) -> bool {
        self.begin_block();
        if kind.is_part() {
            self.end_part(&kind);
        } else {
            self.enter_item(span);
        }
        if !self.may_open(&kind, span) {
            return false;
        }
        self.push_element(name, kind, span);
        true
    }

    /// What stands in a list of HTML but in no item of it is an item.
    pub(super) fn enter_item(&mut self, span: Span) {
        if self.top().html.is_none() {
            return;
        }
        if matches!(self.top().kind, Kind::List(..)) {
            self.push_element("li", Kind::Item(None), span);
        } else if matches!(self.top().kind, Kind::Definitions(_)) {
            self.push_element("dd", Kind::Description, span);
        }
    }

    /// Ends the part that is open where another one of its list begins.
    fn end_part(&mut self, next: &Kind) {
        let open = self.frames.iter().rev().take_while(|frame| frame.html.is_some());
        if let Some(above) = open.map(|frame| &frame.kind).position(|kind| next.fits(kind)) {
            let height = self.frames.len() - above;
            while self.frames.len() > height {
                self.close_top();
            }
        }
    }

    fn push_element(&mut self, name: &str, kind: Kind, span: Span) {
        let mut frame = Frame::new(kind, span);
        frame.html = Some(name.to_owned());
        self.push_frame(frame);
    }

    /// Closes an HTML element and those within it that were not closed. Says whether there was one.
    pub(in crate::manuscript) fn close_html(&mut self, name: &str, span: Span) -> bool {
        let within = self.frames.iter().rev().take_while(|f| f.html.is_some());
        let Some(above) = within.map(|f| f.html.as_deref()).position(|n| n == Some(name)) else {
            return false;
        };
        // An element with a language has two frames of the same name.
        let mut target = self.frames.len() - 1 - above;
        if target > 0 && self.frames[target - 1].is_pair_of(&self.frames[target]) {
            target -= 1;
        }
        while self.frames.len() > target {
            self.cover(span);
            self.close_top();
        }
        true
    }

    /// Whether a closing tag ends something that Markdown's block still lies in: it does so with
    /// that block.
    pub(in crate::manuscript) fn will_end(&self, name: &str) -> bool {
        let is_cell = matches!(name, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot");
        self.frames.iter().any(|frame| {
            let is_table = matches!(frame.kind, Kind::Aside);
            (is_table && is_cell) || frame.html.as_deref() == Some(name)
        })
    }

    /// Whether a link is open.
    pub(in crate::manuscript) fn in_link(&self) -> bool {
        self.frames.iter().any(|frame| matches!(frame.kind, Kind::Mark(Mark::Link(..))))
    }

    /// A paragraph in an item makes the list loose.
    pub(in crate::manuscript) fn loosen_list(&mut self) {
        if let [.., list, item] = self.frames.as_mut_slice()
            && matches!(item.kind, Kind::Item(_))
            && let Kind::List(_, tight, _) = &mut list.kind
        {
            *tight = false;
        }
    }

    /// What follows is not set here: [`Self::end_aside`] returns it.
    pub(in crate::manuscript) fn begin_aside(&mut self, span: Span) {
        self.push_frame(Frame::new(Kind::Aside, span));
    }

    /// The blocks since [`Self::begin_aside`].
    pub(in crate::manuscript) fn end_aside(&mut self) -> Vec<Block> {
        while !matches!(self.top().kind, Kind::Aside | Kind::Root) {
            self.close_top();
        }
        self.flush();
        let aside = self.frames.pop_if(|frame| matches!(frame.kind, Kind::Aside));
        aside.map(|frame| frame.blocks).unwrap_or_default()
    }

    /// Adds blocks that were set aside.
    pub(in crate::manuscript) fn blocks(&mut self, blocks: Vec<Block>) {
        self.begin_block();
        blocks.into_iter().for_each(|block| self.push_block(block));
    }
}
