//! Lines as names, ranges and patterns: no panic, each name in one place and made again by its sequence,
//! and what is read is written and read again alike.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reelpack::format::sequence::{Notation, Pattern, Ranges, Rate, clashes, group};

fuzz_target!(|text: &str| {
    let names: Vec<&str> = text.lines().collect();
    let groups = group(names.iter().copied());
    let mut found = groups.singles.clone();
    for sequence in &groups.sequences {
        for frame in &sequence.frames {
            assert_eq!(sequence.file_path(frame.number), names[frame.index]);
            found.push(frame.index);
        }
        let (there, missing) = (sequence.ranges(), sequence.missing());
        assert_eq!(there.to_string().parse(), Ok(there.clone()));
        assert_eq!(missing.minus(&there), missing);
    }
    found.sort_unstable();
    assert!(found.into_iter().eq(0..names.len()));
    assert!(clashes(&groups).len() <= 2 * names.len());
    names.into_iter().for_each(line);
});

fn line(line: &str) {
    if let Ok(ranges) = line.parse::<Ranges>() {
        assert_eq!(ranges.to_string().parse(), Ok(ranges));
    }
    if let Ok(pattern) = line.parse::<Pattern>() {
        let Pattern { head, tail, padding } = &pattern;
        for notation in [Notation::Percent, Notation::Hash, Notation::At, Notation::Houdini] {
            assert_eq!(notation.render(head, tail, *padding).parse(), Ok(pattern.clone()));
        }
    }
    for rate in ["24", "29.97df", line].iter().filter_map(|rate| rate.parse::<Rate>().ok()) {
        if let Ok(frame) = rate.frame(line) {
            assert_eq!(rate.frame(&rate.timecode(frame).unwrap().to_string()), Ok(frame));
        }
    }
}
