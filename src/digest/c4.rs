//! C4 ids: a SHA-512 written as `c4` and 88 digits of base 58.
//!
//! Source: the ASC MHL reference tool and its test vectors (MIT); the alphabet is that of Bitcoin's base 58,
//! which leaves out `0`, `O`, `I` and `l`.

const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Digits that 512 bits may need.
const DIGITS: usize = 88;

/// The id of a SHA-512.
pub(super) fn render(sha512: &[u8; 64]) -> String {
    let mut number = *sha512;
    let mut digits = [ALPHABET[0]; DIGITS];
    for digit in digits.iter_mut().rev() {
        *digit = ALPHABET[divide(&mut number)];
    }
    let digits = digits.iter().map(|digit| char::from(*digit));
    "c4".chars().chain(digits).collect()
}

/// The SHA-512 of an id; `None` if it is none.
pub(super) fn parse(id: &str) -> Option<[u8; 64]> {
    let digits = id.strip_prefix("c4").filter(|digits| digits.len() == DIGITS)?;
    let mut number = [0; 64];
    for digit in digits.bytes() {
        let value = ALPHABET.iter().position(|known| *known == digit)?;
        let mut carry = u32::try_from(value).ok()?;
        for byte in number.iter_mut().rev() {
            carry += u32::from(*byte) * 58;
            [.., *byte] = carry.to_be_bytes();
            carry >>= 8;
        }
        if carry > 0 {
            return None;
        }
    }
    Some(number)
}

/// Divide a big-endian number by 58; returns the rest.
fn divide(number: &mut [u8; 64]) -> usize {
    number.iter_mut().fold(0, |rest, byte| {
        let value = rest * 256 + usize::from(*byte);
        *byte = u8::try_from(value / 58).expect("the rest is below 58, so this is below 256");
        value % 58
    })
}
