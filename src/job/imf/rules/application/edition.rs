//! Applications, by the names with which compositions say to follow them.

/// An application whose demands are known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edition {
    /// Application 2: ST 2067-20.
    Two,
    /// Application 2E: ST 2067-21:2014.
    Extended2014,
    /// ST 2067-21:2016.
    Extended2016,
    /// ST 2067-21:2020.
    Extended2020,
    /// The name that ST 2067-21:2021 has, and 2023 still.
    Extended2021,
    /// The fifth edition, with pictures of 8K.
    Extended5,
    /// Application 5, ACES: ST 2067-50.
    Aces,
}

/// Source: the schemas and validators of Photon.
const NAMES: [(&str, Edition); 8] = [
    ("http://www.smpte-ra.org/schemas/2067-20/2013", Edition::Two),
    ("http://www.smpte-ra.org/schemas/2067-20/2016", Edition::Two),
    ("http://www.smpte-ra.org/schemas/2067-21/2014", Edition::Extended2014),
    ("http://www.smpte-ra.org/schemas/2067-21/2016", Edition::Extended2016),
    ("http://www.smpte-ra.org/ns/2067-21/2020", Edition::Extended2020),
    ("http://www.smpte-ra.org/ns/2067-21/2021", Edition::Extended2021),
    ("http://www.smpte-ra.org/ns/2067-21/5ED", Edition::Extended5),
    ("http://www.smpte-ra.org/ns/2067-50/2017", Edition::Aces),
];

impl Edition {
    /// That of this name.
    pub(super) fn of(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name.trim()).map(|(_, edition)| *edition)
    }

    /// The namespace of the core constraints that it goes with; `None` if that is not known, as for application
    /// 2, whose editions share a variant here.
    ///
    /// Source: Photon, its check of namespaces.
    pub(super) fn core(self) -> Option<&'static str> {
        match self {
            Self::Extended2014 => Some("http://www.smpte-ra.org/schemas/2067-2/2013"),
            Self::Extended2016 | Self::Aces => Some("http://www.smpte-ra.org/schemas/2067-2/2016"),
            Self::Extended2020 | Self::Extended2021 => {
                Some("http://www.smpte-ra.org/ns/2067-2/2020")
            }
            Self::Two | Self::Extended5 => None,
        }
    }
}

/// For people.
impl std::fmt::Display for Edition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Two => "application 2",
            Self::Extended2014 => "application 2E of 2014",
            Self::Extended2016 => "application 2E of 2016",
            Self::Extended2020 => "application 2E of 2020",
            Self::Extended2021 => "application 2E of 2021",
            Self::Extended5 => "application 2E, fifth edition",
            Self::Aces => "application 5",
        })
    }
}
