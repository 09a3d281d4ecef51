//! What is asked of a movie.

use super::codec::Codec;
use super::model::{
    About, Edit, Layout, Movie, Picture, Sound, Timecode, TopBox, Track, TrackKind,
};

/// How many ticks a frame must at least have for one more or less to be rounding: at 600 ticks a second, the
/// coarsest scale that is usual, 59.94 frames a second last 10 or 11.
const FINE: u32 = 10;

/// Frames in a second, and how even they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameRate {
    /// Frames in so many seconds as the denominator says; reduced.
    pub numerator: u64,
    /// Seconds.
    pub denominator: u64,
    /// How even frames are.
    pub pace: Pace,
}

/// How even frames are. The last one is not looked at: it may last as long as is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// All last equally long.
    Constant,
    /// They differ by one tick, since the time scale cannot express the rate; the rate is their mean.
    Rounded,
    /// They differ; the rate is their mean.
    Variable,
}

impl FrameRate {
    fn new(numerator: u64, denominator: u64, pace: Pace) -> Option<Self> {
        let divisor = common_divisor(numerator, denominator);
        let is_rate = numerator > 0 && denominator > 0;
        is_rate.then(|| Self {
            numerator: numerator / divisor,
            denominator: denominator / divisor,
            pace,
        })
    }

    /// As a number.
    #[expect(clippy::cast_precision_loss, reason = "shown with three digits")]
    pub fn value(&self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

fn common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a.max(1) } else { common_divisor(b, a % b) }
}

impl Movie {
    /// Whether the header lies before all media data, so that playing can begin before all is there; `None`
    /// if there is no media data. Boxes of media data that are empty do not count.
    pub fn is_fast_start(&self) -> Option<bool> {
        let moov = self.boxes.iter().position(|one| one.kind == b"moov");
        let media = self.boxes.iter().position(TopBox::is_media);
        Some(moov? < media?)
    }

    /// How many `moov` boxes there are. The first is read.
    pub fn header_count(&self) -> usize {
        self.boxes.iter().filter(|one| one.kind == b"moov").count()
    }

    /// Whether it is a `QuickTime` file, and not MP4: by its brand, or since it has none.
    pub fn is_quicktime(&self) -> bool {
        self.major_brand.is_none_or(|brand| brand == b"qt  ")
    }

    /// Its tracks of one kind, with their places among all.
    pub fn of(&self, kind: TrackKind) -> impl Iterator<Item = (usize, &Track)> {
        self.tracks.iter().enumerate().filter(move |(_, track)| track.kind == kind)
    }

    /// Its length in seconds, as it says.
    pub fn seconds(&self) -> Option<f64> {
        seconds(self.duration?, self.time_scale?)
    }
}

impl TopBox {
    /// Whether media data is in it.
    pub fn is_media(&self) -> bool {
        self.kind == b"moof" || self.kind == b"mdat" && self.size > self.head
    }
}

#[expect(clippy::cast_precision_loss, reason = "shown with three digits")]
fn seconds(ticks: u64, scale: u32) -> Option<f64> {
    (scale > 0).then(|| ticks as f64 / f64::from(scale))
}

impl Track {
    /// Samples: frames of picture, packets of sound.
    pub fn sample_count(&self) -> u64 {
        self.durations.count().max(self.sizes.count)
    }

    /// The length of its media in seconds: of all samples, or as it says.
    pub fn seconds(&self) -> Option<f64> {
        let ticks = Some(self.durations.total()).filter(|total| *total > 0);
        seconds(ticks.or(self.duration)?, self.time_scale?)
    }

    /// When it ends, in seconds from the start of a movie of so many ticks a second: its media, or what an edit
    /// list leaves of it. `None` where lengths are not known, or the list is too long to be kept.
    pub fn end(&self, scale: Option<u32>) -> Option<f64> {
        let media = self.seconds()?;
        let Some(edits) = self.edits.as_ref().filter(|edits| edits.count > 0) else {
            return Some(media);
        };
        if edits.count > edits.list.len() as u64 {
            return None;
        }
        edits.list.iter().map(|edit| self.lasts(edit, scale?, media)).sum()
    }

    /// How long an edit is played: no longer than there is media, and all of that where it says 0, which
    /// stands for what fragments will bring.
    fn lasts(&self, edit: &Edit, scale: u32, media: f64) -> Option<f64> {
        let lasts = seconds(edit.duration, scale)?;
        let Ok(start) = u64::try_from(edit.start) else { return Some(lasts) };
        let delay = self.offsets.map_or(0, |offsets| offsets.first.try_into().unwrap_or(0));
        // Edits begin where samples are shown, which is later than they are decoded.
        let left = media + seconds(delay, self.time_scale?)? - seconds(start, self.time_scale?)?;
        let left = left.max(0.0);
        match (edit.duration, edit.rate) {
            (0, _) => Some(left),
            (_, Edit::NORMAL) => Some(lasts.min(left)),
            _ => Some(lasts),
        }
    }

    /// Bits in a second.
    pub fn bit_rate(&self) -> Option<u64> {
        let ticks = Some(self.durations.total()).filter(|total| *total > 0)?;
        let bits = u128::from(self.sizes.total) * 8 * u128::from(self.time_scale?);
        u64::try_from(bits / u128::from(ticks)).ok()
    }

    /// The description of its first samples, if it is picture.
    pub fn picture(&self) -> Option<&Picture> {
        match &self.entries.first()?.about {
            About::Picture(picture) => Some(picture),
            About::Sound(_) | About::Timecode(_) | About::Other => None,
        }
    }

    /// The same, if it is sound.
    pub fn sound(&self) -> Option<&Sound> {
        match &self.entries.first()?.about {
            About::Sound(sound) => Some(sound),
            About::Picture(_) | About::Timecode(_) | About::Other => None,
        }
    }

    /// The same, if it is time code.
    pub fn timecode(&self) -> Option<Timecode> {
        match &self.entries.first()?.about {
            About::Timecode(timecode) => Some(*timecode),
            About::Picture(_) | About::Sound(_) | About::Other => None,
        }
    }

    /// The codec of its first samples; `None` if it is not known here.
    pub fn codec(&self) -> Option<Codec> {
        let entry = self.entries.first()?;
        let picture = self.picture().and_then(|picture| picture.object_type);
        let sound = self.sound().and_then(|sound| sound.object_type);
        let codec = Codec::of(entry.original.unwrap_or(entry.tag), picture.or(sound))?;
        // `raw ` and `NONE` are uncompressed pictures too, which have no name here.
        (codec != Codec::Pcm || self.picture().is_none()).then_some(codec)
    }

    /// Width and height at which it is shown, in pixels: as its header says, or, where that is what is stored,
    /// with pixels as wide as `pasp` says.
    pub fn displayed(&self) -> Option<(u32, u32)> {
        let (width, height) = self.display.map(|(width, height)| (width >> 16, height >> 16))?;
        if width == 0 || height == 0 {
            return None;
        }
        let picture = self.picture();
        let is_stored =
            |one: &&Picture| (u32::from(one.width), u32::from(one.height)) == (width, height);
        let aspect = picture.filter(is_stored).and_then(|picture| picture.pixel_aspect);
        let (wide, high) = aspect.filter(|(wide, high)| *wide > 0 && *high > 0).unwrap_or((1, 1));
        let shown = u64::from(width) * u64::from(wide) / u64::from(high);
        Some((u32::try_from(shown).unwrap_or(u32::MAX), height))
    }

    /// Whether it is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.entries.iter().any(|entry| entry.tag == b"encv" || entry.tag == b"enca")
    }

    /// Whether frames are shown in another order than they are stored in: they are shown later by different
    /// times.
    pub fn is_reordered(&self) -> bool {
        self.offsets.is_some_and(|offsets| offsets.lowest != offsets.highest)
    }

    /// Frames in a second; `None` without at least one frame that has a length.
    pub fn frame_rate(&self) -> Option<FrameRate> {
        let (shortest, longest) = self.durations.range()?;
        let (count, ticks) = self.durations.before_last();
        let pace = match longest - shortest {
            0 => Pace::Constant,
            1 if shortest >= FINE => Pace::Rounded,
            _ => Pace::Variable,
        };
        let scale = u64::from(self.time_scale?);
        if pace == Pace::Constant {
            return FrameRate::new(scale, shortest.into(), pace);
        }
        FrameRate::new(scale.saturating_mul(count), ticks, pace)
    }

    /// The time code of its first frame, such as `01:00:00:00`, with `;` where numbers are dropped.
    pub fn timecode_text(&self) -> Option<String> {
        let timecode = self.timecode().filter(|timecode| !timecode.is_counter)?;
        written(self.timecode_start?, timecode)
    }
}

/// Frames from midnight as hours, minutes, seconds and frames.
///
/// Of 30 numbers a second, 2 are dropped each minute but each tenth; of 60, 4. Source: ffmpeg
/// `av_timecode_adjust_ntsc_framenum2`.
fn written(start: i64, timecode: Timecode) -> Option<String> {
    let base = i64::from(timecode.base);
    if base == 0 || start < 0 {
        return None;
    }
    let mut frame = start;
    if timecode.drop_frame {
        let dropped = base / 30 * 2;
        let (minute, ten_minutes) = (base * 60 - dropped, base * 600 - dropped * 9);
        let (tens, rest) = (frame / ten_minutes, frame % ten_minutes);
        let minutes = if rest < dropped { 0 } else { (rest - dropped) / minute };
        frame += dropped * (tens * 9 + minutes);
    }
    let (second, sign) = (frame / base, if timecode.drop_frame { ';' } else { ':' });
    let (hours, minutes) = (second / 3600 % 24, second / 60 % 60);
    Some(format!("{hours:02}:{minutes:02}:{:02}{sign}{:02}", second % 60, frame % base))
}

impl Sound {
    /// Channels: of AAC those of its configuration, else those of the description.
    pub fn channel_count(&self) -> u32 {
        self.aac.and_then(|aac| aac.channels).map_or(self.channels, u32::from)
    }

    /// Samples in a second: of AAC those of its configuration, else those of the description.
    pub fn sample_rate(&self) -> u32 {
        self.aac.map_or(self.rate, |aac| aac.rate)
    }
}

impl Layout {
    /// Its name, if it is one of mono and the kinds of stereo; `None` for others.
    ///
    /// Source: Apple, `CoreAudioTypes.h`.
    pub fn name(&self) -> Option<&'static str> {
        match self {
            Self::Tag(0x0064_0001) => Some("mono"),
            Self::Tag(0x0065_0002 | 0x0066_0002) | Self::Bitmap(0b11) => Some("L R"),
            Self::Tag(0x0067_0002) => Some("Lt Rt"),
            Self::Labels(labels) => match labels[..] {
                [1, 2] | [301, 302] => Some("L R"),
                [38, 39] => Some("Lt Rt"),
                [3 | 42] => Some("mono"),
                _ => None,
            },
            Self::Tag(_) | Self::Bitmap(_) => None,
        }
    }
}
