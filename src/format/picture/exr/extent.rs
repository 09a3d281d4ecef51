//! Windows and tiles: how large a part is, and into how many pieces it is cut.

use super::super::source::Fields;

/// Both corners are inside.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
}

/// Size of the tiles, and which smaller copies of the picture there are.
#[derive(Clone, Copy)]
pub(super) struct Tiles {
    width: u32,
    height: u32,
    pub(super) levels: Levels,
    round_up: bool,
}

/// Copies of the picture at half the size and again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Levels {
    One,
    /// Halved in both directions at once.
    MipMap,
    /// Halved in each direction by itself.
    RipMap,
}

impl Window {
    pub(super) fn read(fields: Fields<'_>) -> Option<Self> {
        let (left, top) = (fields.i32(0)?, fields.i32(4)?);
        Some(Self { left, top, right: fields.i32(8)?, bottom: fields.i32(12)? })
    }

    /// Pixels across and down. None where there are none, or more than fit.
    pub(super) fn size(self) -> Option<(u32, u32)> {
        let side = |from: i32, to: i32| u32::try_from(i64::from(to) - i64::from(from) + 1).ok();
        let (width, height) = (side(self.left, self.right)?, side(self.top, self.bottom)?);
        (width > 0 && height > 0).then_some((width, height))
    }
}

impl Tiles {
    pub(super) fn read(fields: Fields<'_>) -> Option<Self> {
        let (width, height, mode) = (fields.u32(0)?, fields.u32(4)?, fields.u8(8)?);
        let levels = match mode & 0xf {
            0 => Levels::One,
            1 => Levels::MipMap,
            2 => Levels::RipMap,
            _ => return None,
        };
        let sound = width > 0 && height > 0;
        sound.then_some(Self { width, height, levels, round_up: mode >> 4 == 1 })
    }

    /// Tiles of all levels of a picture of this size.
    pub(super) fn count(self, (width, height): (u32, u32)) -> u64 {
        let across = |level| u64::from(self.side(width, level).div_ceil(self.width));
        let down = |level| u64::from(self.side(height, level).div_ceil(self.height));
        match self.levels {
            Levels::One => across(0).saturating_mul(down(0)),
            Levels::MipMap => (0..self.level_count(width.max(height)))
                .map(|level| across(level).saturating_mul(down(level)))
                .fold(0, u64::saturating_add),
            Levels::RipMap => {
                let across = (0..self.level_count(width)).map(across).sum::<u64>();
                across.saturating_mul((0..self.level_count(height)).map(down).sum())
            }
        }
    }

    /// Until a side of one pixel.
    fn level_count(self, side: u32) -> u32 {
        side.ilog2() + 1 + u32::from(self.round_up && !side.is_power_of_two())
    }

    fn side(self, side: u32, level: u32) -> u32 {
        let divisor = 1_u64 << level;
        let side = u64::from(side);
        let side = if self.round_up { side.div_ceil(divisor) } else { side / divisor };
        u32::try_from(side.max(1)).expect("no larger than what was divided")
    }
}
