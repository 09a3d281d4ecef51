//! When a call is sent again, and how long after.

use super::exchange::{Fault, Outcome};

/// Bounds of the wait before the first retry, which doubles with each, in seconds.
const FIRST_WAIT: f64 = 0.5;
const LONGEST_WAIT: f64 = 30.0;

/// The longest that a service may ask to wait, in seconds.
pub(super) const LONGEST_ASKED: f64 = 120.0;

/// What may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    /// Whatever became of it: asking twice does no more than asking once.
    Always,
    /// Not after an answer was lost, but when a server on the way was overloaded.
    UnlessLost,
    /// Only what was certainly not carried out.
    UnlessCarriedOut,
}

/// Whether to send again after `outcome`.
pub(super) fn is_worth(outcome: &Outcome, repeat: Repeat) -> bool {
    match outcome {
        Err(Fault::Unreached { is_final, .. }) => !is_final,
        Err(Fault::UnreachedInTime) => true,
        Err(Fault::TimedOut | Fault::Lost { .. }) => repeat == Repeat::Always,
        Err(Fault::Useless { .. }) => false,
        Ok(reply) => match reply.status {
            429 => true,
            502..=504 => repeat != Repeat::UnlessCarriedOut,
            _ => false,
        },
    }
}

/// Seconds until try number `tries` + 1; `random` is from 0 to 1.
///
/// "Full jitter": many clients that failed together do not come back together.
/// Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
pub(super) fn backoff(tries: u32, random: f64) -> f64 {
    let doubled = FIRST_WAIT * 2_f64.powi(i32::try_from(tries - 1).unwrap_or(i32::MAX));
    random * doubled.min(LONGEST_WAIT)
}

/// Seconds that the header `Retry-After` asks for: a number of them, or a date.
///
/// Source: RFC 9110, 10.2.3; of the forms of a date in 5.6.7 the one that is still to be written.
pub(super) fn asked(header: &str, now: f64) -> Option<f64> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        return header.parse().ok();
    }
    let date = jiff::fmt::rfc2822::parse(header).ok()?;
    Some((date.timestamp().as_duration().as_secs_f64() - now).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::super::exchange::Reply;
    use super::*;

    fn status(status: u16) -> Reply {
        Reply { status, body: vec![], retry_after: None, location: None }
    }

    #[test]
    fn only_what_may_be_repeated_is_sent_again() {
        use Repeat::{Always, UnlessCarriedOut, UnlessLost};
        let unreached = |is_final| Err(Fault::Unreached { reason: String::new(), is_final });
        let lost = || Err(Fault::Lost { reason: String::new() });
        let useless = || Err(Fault::Useless { reason: String::new() });
        let cases = [
            (unreached(false), [true, true, true]),
            (unreached(true), [false, false, false]),
            (Err(Fault::UnreachedInTime), [true, true, true]),
            (Err(Fault::TimedOut), [true, false, false]),
            (lost(), [true, false, false]),
            (useless(), [false, false, false]),
            (Ok(status(200)), [false, false, false]),
            (Ok(status(302)), [false, false, false]),
            (Ok(status(400)), [false, false, false]),
            (Ok(status(401)), [false, false, false]),
            (Ok(status(408)), [false, false, false]),
            (Ok(status(429)), [true, true, true]),
            (Ok(status(500)), [false, false, false]),
            (Ok(status(501)), [false, false, false]),
            (Ok(status(502)), [true, true, false]),
            (Ok(status(503)), [true, true, false]),
            (Ok(status(504)), [true, true, false]),
            (Ok(status(505)), [false, false, false]),
        ];
        for (outcome, wanted) in cases {
            let found =
                [Always, UnlessLost, UnlessCarriedOut].map(|repeat| is_worth(&outcome, repeat));
            assert_eq!(found, wanted, "{outcome:?}");
        }
    }

    #[test]
    fn waits_double_up_to_half_a_minute() {
        for (tries, seconds) in
            [(1, 0.5), (2, 1.0), (3, 2.0), (6, 16.0), (7, 30.0), (u32::MAX, 30.0)]
        {
            assert_eq!(backoff(tries, 1.0).to_string(), seconds.to_string());
        }
        assert_eq!([backoff(3, 0.0), backoff(3, 0.25)].map(|wait| wait.to_string()), ["0", "0.5"]);
    }

    #[test]
    fn what_a_service_asks_for_is_understood_as_seconds_or_as_a_date() {
        // 1994-11-06T08:49:37Z, the example of RFC 9110.
        let noon = 784_111_777.0;
        for (header, wanted) in [
            ("0", Some(0.0)),
            (" 17 ", Some(17.0)),
            ("99999999999999999999", Some(1e20)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(0.0)),
            ("Sun, 06 Nov 1994 08:50:37 GMT", Some(60.0)),
            ("Sun, 06 Nov 1994 08:48:37 GMT", Some(0.0)),
            ("", None),
            ("-1", None),
            ("inf", None),
            ("soon", None),
            ("1.5", None),
        ] {
            assert_eq!(asked(header, noon), wanted, "{header}");
        }
    }
}
