//! Descriptors of MPEG-4: which codec, and how AAC is set up.
//!
//! Source: ffmpeg `ff_mp4_read_dec_config_descr`, `ff_mpeg4audio_get_config_gb`.

use super::super::model::Aac;
use super::super::number::u8_at;

const ELEMENTARY_STREAM: u8 = 3;
const DECODER: u8 = 4;
const DECODER_SPECIFIC: u8 = 5;

/// Codecs that are AAC: MPEG-4, and the three profiles of MPEG-2.
const AAC: [u8; 4] = [0x40, 0x66, 0x67, 0x68];

/// Rates by their numbers.
const RATES: [u32; 13] =
    [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

/// Channels by the numbers of their layouts; 0 is told elsewhere.
const CHANNELS: [u8; 15] = [0, 1, 2, 3, 4, 5, 6, 8, 0, 0, 0, 7, 8, 24, 8];

/// Audio object types: what hides spectral band replication, and what parametric stereo.
const BAND_REPLICATION: u8 = 5;
const PARAMETRIC_STEREO: u8 = 29;
const LOW_COMPLEXITY: u8 = 2;

/// The number of the codec, and what is told of AAC; `None` if it cannot be read.
pub(super) fn parse(body: &[u8]) -> Option<(u8, Option<Aac>)> {
    // Version and flags are before the descriptors.
    let (tag, stream) = descriptor(body.get(4..)?)?;
    if tag != ELEMENTARY_STREAM {
        return None;
    }
    let (tag, decoder) = descriptor(stream.get(stream_head(stream)?..)?)?;
    let object_type = u8_at(decoder, 0).filter(|_| tag == DECODER)?;
    let specific = decoder.get(13..).and_then(descriptor);
    let specific =
        specific.filter(|(tag, _)| *tag == DECODER_SPECIFIC && AAC.contains(&object_type));
    Some((object_type, specific.and_then(|(_, bytes)| aac(bytes))))
}

/// Bytes of a stream's own values: its id, flags, and what these say that there is.
fn stream_head(stream: &[u8]) -> Option<usize> {
    let flags = u8_at(stream, 2)?;
    let mut at = 3 + if flags & 0x80 != 0 { 2 } else { 0 };
    if flags & 0x40 != 0 {
        at += 1 + usize::from(u8_at(stream, at)?);
    }
    Some(at + if flags & 0x20 != 0 { 2 } else { 0 })
}

/// The tag and the value of the descriptor that `bytes` begin with. Its length is in up to four times
/// seven bits.
fn descriptor(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let (tag, mut rest) = bytes.split_first()?;
    let mut len = 0;
    for _ in 0..4 {
        let (digit, more) = rest.split_first()?;
        (len, rest) = (len << 7 | usize::from(digit & 0x7f), more);
        if digit & 0x80 == 0 {
            break;
        }
    }
    Some((*tag, rest.get(..len.min(rest.len()))?))
}

/// Bits one after the other.
struct Bits {
    bits: u128,
    left: u32,
}

impl Bits {
    /// The first 16 bytes, which is more than AAC's values take.
    fn new(bytes: &[u8]) -> Self {
        let mut all = [0; 16];
        let len = bytes.len().min(16);
        all[..len].copy_from_slice(&bytes[..len]);
        Self { bits: u128::from_be_bytes(all), left: u32::try_from(len * 8).unwrap_or(0) }
    }

    fn take(&mut self, count: u32) -> Option<u32> {
        self.left = self.left.checked_sub(count)?;
        let taken = u32::try_from(self.bits >> (128 - count)).ok()?;
        self.bits <<= count;
        Some(taken)
    }

    fn object_type(&mut self) -> Option<u8> {
        let number = match self.take(5)? {
            31 => 32 + self.take(6)?,
            number => number,
        };
        u8::try_from(number).ok()
    }

    fn rate(&mut self) -> Option<u32> {
        match self.take(4)? {
            15 => self.take(24),
            number => RATES.get(usize::try_from(number).ok()?).copied(),
        }
    }
}

fn aac(bytes: &[u8]) -> Option<Aac> {
    let mut bits = Bits::new(bytes);
    let object_type = bits.object_type()?;
    let rate = bits.rate()?;
    let layout = bits.take(4)?;
    let channels = CHANNELS.get(usize::try_from(layout).ok()?).copied().filter(|count| *count > 0);
    let plain = Aac { object_type, rate, channels };
    Some(match object_type {
        BAND_REPLICATION => Aac { rate: bits.rate()?, ..plain },
        // Two channels are made of the one that is stored.
        PARAMETRIC_STEREO => Aac { rate: bits.rate()?, channels: Some(2), ..plain },
        LOW_COMPLEXITY if layout > 0 => extended(&mut bits, plain).unwrap_or(plain),
        _ => plain,
    })
}

/// What is told behind AAC-LC, so that old readers play that alone.
fn extended(bits: &mut Bits, plain: Aac) -> Option<Aac> {
    let _frame_length = bits.take(1)?;
    if bits.take(1)? == 1 {
        let _delay_of_core = bits.take(14)?;
    }
    let _extension = bits.take(1)?;
    let is_told = bits.take(11)? == 0x2b7 && bits.object_type()? == BAND_REPLICATION;
    if !is_told || bits.take(1)? == 0 {
        return None;
    }
    let with = Aac { object_type: BAND_REPLICATION, rate: bits.rate()?, ..plain };
    let is_stereo = bits.take(11) == Some(0x548) && bits.take(1) == Some(1);
    let stereo = Aac { object_type: PARAMETRIC_STEREO, channels: Some(2), ..with };
    Some(if is_stereo { stereo } else { with })
}
