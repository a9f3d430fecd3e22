//! What is known of words: a table from their bytes to anything.
//!
//! A book asks it for every word it has, more than once, so it is made for being asked. The bytes of a
//! word are packed into numbers, which are compared faster than bytes, and the numbers say on which
//! of many short shelves it stands. Nothing depends on the order of the shelves: they are never gone
//! through.

/// How many numbers the bytes of a word are packed into.
const NUMBERS: usize = 5;

/// The bytes of a word, and how many they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key([u64; NUMBERS]);

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
    /// As many as a power of two says.
    shelves: Vec<Vec<(Key, V)>>,
    words: usize,
}

/// So many words stand on a shelf, on average, before there are more shelves.
const FULL: usize = 2;
/// How many shelves there are at first.
const FIRST: usize = 64;

impl<V> Default for Known<V> {
    fn default() -> Self {
        Self { shelves: shelves(FIRST), words: 0 }
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
        let shelf = &self.shelves[self.shelf(key)];
        shelf.iter().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    /// Remembers a word that was not known.
    pub fn insert(&mut self, key: Key, value: V) {
        if self.words >= self.shelves.len() * FULL {
            let more = shelves(self.shelves.len() * 4);
            let old = std::mem::replace(&mut self.shelves, more);
            for (key, value) in old.into_iter().flatten() {
                self.put(key, value);
            }
        }
        self.words += 1;
        self.put(key, value);
    }

    fn put(&mut self, key: Key, value: V) {
        let shelf = self.shelf(key);
        self.shelves[shelf].push((key, value));
    }

    fn shelf(&self, key: Key) -> usize {
        (key.mixed() >> 32) as usize & (self.shelves.len() - 1)
    }
}

fn shelves<V>(count: usize) -> Vec<Vec<(Key, V)>> {
    std::iter::repeat_with(Vec::new).take(count).collect()
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
    fn words_are_found_again_and_their_shelves_stay_short() {
        let mut known = Known::default();
        let key = |number: usize| Key::of(&format!("word{number}")).expect("it is short");
        (0..10_000).for_each(|number| known.insert(key(number), number));
        assert_eq!(known.len(), 10_000);
        assert!((0..10_000).all(|number| known.get(key(number)) == Some(&number)));
        assert_eq!(known.get(key(10_000)), None);
        assert!(known.shelves.iter().all(|shelf| shelf.len() <= 10));
    }
}
