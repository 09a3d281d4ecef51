# ruff: noqa: PYI021  (the one place that tells what stands where in each result)
"""The Rust extension. Thin and private: `reelpack` is the documented face of all of it.

Paths are `str`; bytes that are not UTF-8 are escaped as `os.fsdecode` does. Paths inside a result
that are relative have `/` between their parts.

`state` is the file that remembers, None for none; with `required` it has to work. `cached` trusts
all that it knows, else only what an interrupted run of the same had finished.
"""

from collections.abc import Callable
from typing import Final, Literal, Self, TypeAlias, final

__all__ = [
    "BacklotClient",
    "Plan",
    "Table",
    "__version__",
    "audit",
    "checksum",
    "compare_frames",
    "contract",
    "copy",
    "cut_check",
    "cut_faststart",
    "cut_rules",
    "digests",
    "frame_header",
    "group_sequences",
    "imf_diff",
    "imf_document",
    "imf_make",
    "imf_rewrite",
    "imf_rules",
    "imf_show",
    "imf_verify",
    "ltfs_read",
    "pack",
    "parse_list",
    "pattern",
    "plan",
    "preflight",
    "profile_text",
    "profiles",
    "sequences",
    "state_clear",
    "state_facts",
    "state_forget",
    "state_prune",
    "table",
    "verify",
    "walk",
    "write_list",
]

__version__: Final[str]

# `(files read, bytes read, files trusted, bytes trusted, why nothing is remembered)`
_Work: TypeAlias = tuple[int, int, int, int, str | None]

# `(folder, head, tail, padding, first, last, count, size, ranges, missing, how many are missing,
# time code of the first, of the last)`; missing is `(first, last)` of each run.
_Sequence: TypeAlias = tuple[
    str,
    str,
    str,
    int,
    int,
    int,
    int,
    int | None,
    str,
    list[tuple[int, int]],
    int,
    str | None,
    str | None,
]

# `(rule, severity, path, path_bytes, place of the sequence, message, fix, source, how sure)`
_Finding: TypeAlias = tuple[
    str,
    Literal["error", "warning", "info"],
    str,
    str | None,
    int | None,
    str,
    str | None,
    str | None,
    str | None,
]

# `(sequences, files in none, findings, left out)`
_Sequenced: TypeAlias = tuple[list[_Sequence], list[str], list[_Finding], list[tuple[str, str]]]

def checksum(
    source: str,
    *,
    layout: Literal["folder", "root", "npack"],
    formats: list[str],
    algorithms: list[str],
    creator: tuple[str, str],
    update: bool,
    state: str | None,
    required: bool,
    cached: bool,
    jobs: int | None,
    readers: int | None,
    progress: Callable[[int, int, int, int], object] | None,
) -> tuple[
    list[tuple[str, str, int, int, str]],
    list[tuple[str, str]],
    _Work,
    list[tuple[str, Literal["new", "changed", "gone"]]],
    list[str],
]:
    """`(lists, left out, work, changes, failed)`; writes nothing. `creator` is `(host, user)`.

    A list is `(path, text, count, size, format)`. Changes are sorted by path, and none without
    `update`.
    """

def digests(
    paths: list[str],
    *,
    algorithms: list[str],
    jobs: int | None,
    readers: int | None,
    progress: Callable[[int, int, int, int], object] | None,
) -> list[tuple[int, list[tuple[str, str]]]]:
    """`(size, [(algorithm, hexdigest)])` of each, in order; read in that order by one reader."""

def write_list(path: str, text: str, *, sync: bool) -> None:
    """Write `text` to `path` under a temporary name, then rename."""

def parse_list(text: str, *, path: str, kind: str) -> list[tuple[str, int | None, str, str]]:
    """`(name, size, algorithm, hexdigest)` of each digest, in order.

    `path` is for messages, and its ending tells the algorithm where a line does not.
    """

def walk(source: str, *, layout: Literal["folder", "root", "npack"]) -> list[tuple[str, int]]:
    """`(folder, count of files listed there)` in the order of the walk; reads no file."""

def pack(
    source: str,
    target: str,
    *,
    layout: Literal["flat", "tree", "npack"],
    clone: Literal["auto", "always", "never"],
    force: bool,
    sync: bool,
    zone: str | None,
    state: str | None,
    required: bool,
    cached: bool,
    jobs: int | None,
    readers: int | None,
    progress: Callable[[int, int, int, int], object] | None,
) -> tuple[str, int, int, str, list[tuple[str, str]], list[str], _Work, bytes]:
    """`(path, size, members, text of the list, left out, clamped, work, ways)`.

    The ways are a byte for each line of the list: 0 copied, 1 cloned, 2 kept.
    """

def copy(
    source: str,
    target: str,
    *,
    clone: Literal["auto", "always", "never"],
    force: bool,
    sync: bool,
    verify: bool,
    state: str | None,
    required: bool,
    cached: bool,
    jobs: int | None,
    readers: int | None,
    progress: Callable[[int, int, int, int], object] | None,
) -> tuple[list[tuple[str, str, int, int]], list[tuple[str, str]], _Work, list[str], bytes, bool]:
    """`(lists, left out, work, names, ways, verified)`; the lists are written already.

    The ways are a byte for each name: 0 copied, 1 cloned, 2 kept.
    """

def verify(
    path: str,
    *,
    state: str | None,
    required: bool,
    cached: bool,
    jobs: int | None,
    readers: int | None,
    progress: Callable[[int, int, int, int], object] | None,
) -> tuple[
    int,
    list[tuple[str, str | None, str, str | int | None, str | int | None]],
    list[tuple[str, str]],
    list[str],
    list[str],
    _Work,
]:
    """`(checked, findings, not checked, lists, algorithms, work)`.

    A finding is `(path, path_bytes, status, expected, found)`.
    """

def plan(
    source: str,
    *,
    layout: Literal["flat", "tree"],
    aligned: bool,
    zone: str | None,
    state: str | None,
    required: bool,
    cached: bool,
    jobs: int | None,
    readers: int | None,
) -> Plan:
    """The zip of `source`, known to the byte; writes nothing."""

@final
class Plan:
    """A zip that need not be anywhere; threads may share it."""

    @property
    def size(self) -> int: ...
    @property
    def members(self) -> list[tuple[str, int, int, int]]:
        """`(name, offset of its header, offset of its data, size)`; the list is the last."""

    @property
    def left_out(self) -> list[tuple[str, str]]: ...
    @property
    def clamped(self) -> list[str]: ...
    @property
    def state_error(self) -> str | None: ...
    def read(self, offset: int, count: int) -> bytes:
        """`count` bytes from `offset` on, fewer only at the end."""

    def stream(
        self,
        write: Callable[[bytes], object],
        *,
        progress: Callable[[int, int, int, int], object] | None,
    ) -> None:
        """Hand all of it to `write`, piece by piece."""

def state_facts(
    path: str,
) -> tuple[int, int, int, list[tuple[str, str, str | None, str | None, int, float, int]]]:
    """`(size, files, folders, unfinished)`; nothing of all where there is no file.

    An unfinished run is `(job, source, target, part, size of the part, began, files done)`.
    """

def state_forget(path: str, folder: str) -> int:
    """Forget `folder` and all below it; how many files that were."""

def state_prune(path: str) -> int:
    """Forget the files that are no more; how many these were."""

def state_clear(path: str) -> int:
    """Remove the parts that nobody uses, then the state file; how many parts these were."""

def sequences(
    path: str,
    *,
    first: str | None,
    frames: int | None,
    fps: str | None,
    islands: bool,
    progress: Callable[[int, int, int, int], object] | None,
) -> _Sequenced:
    """What names and sizes tell; opens no file."""

def group_sequences(
    names: list[str],
    *,
    first: str | None,
    frames: int | None,
    fps: str | None,
    islands: bool,
) -> _Sequenced:
    """The same of names alone: no size is known, nothing left out."""

def frame_header(
    path: str,
) -> (
    tuple[
        tuple[str, str, str, str, str, str],
        int,
        int,
        float | None,
        str | None,
        int | None,
        bool,
    ]
    | None
):
    """`(texts, width, height, rate, time code, promised bytes, whether sizes are one)`.

    The texts are format, layout, bit depth, channels, compression and encoding.
    """

def compare_frames(left: str, right: str) -> tuple[str, str, str]:
    """`(only left, only right, both)`, all of it range text such as `1-10,15,20-30x2`."""

def pattern(
    head: str,
    tail: str,
    padding: int,
    *,
    notation: Literal["percent", "hash", "at", "houdini"],
) -> str:
    """The name with a placeholder for the number."""

def preflight(
    path: str,
    *,
    profile: str,
    first: str | None,
    frames: int | None,
    fps: str | None,
    islands: bool,
    progress: Callable[[int, int, int, int], object] | None,
) -> tuple[list[_Finding], list[tuple[str, str]], list[_Sequence], int, int, str]:
    """`(findings, not checked, sequences, files, size, name of the profile)`; opens no frame."""

def audit(
    path: str,
    *,
    profile: str,
    algorithms: list[Literal["md5", "sha1", "sha256", "xxh64", "xxh3", "xxh128", "c4"]],
    first: str | None,
    frames: int | None,
    fps: str | None,
    islands: bool,
    state: str | None,
    required: bool,
    cached: bool,
    jobs: int | None,
    readers: int | None,
    progress: Callable[[int, int, int, int], object] | None,
) -> tuple[
    Table,
    Table,
    Table,
    list[list[tuple[str, int, int]]],
    list[tuple[str, str]],
    list[str],
    str,
    _Work,
]:
    """`(files, sequences, findings, frame maps, not checked, lists, name of the profile, work)`.

    A frame map is `(state, first, last)` of each run of frames; there is one for each sequence.
    """

def profiles() -> list[tuple[str, str, str]]:
    """`(name, title, TOML)` of each that is built in."""

def profile_text(profile: str) -> str:
    """A profile as TOML, with all that it takes over; a name, or a file by its `.toml` or `/`."""

# What these two return is JSON; its keys are the fields of the classes in `reelpack.cuts`, and a
# ratio is a pair of numbers.
def cut_check(paths: list[str], *, profile: Literal["content-hub-proxy", "pix"]) -> str:
    """Movies held against a profile; reads no media data. Who is no movie has an `error`."""

def cut_faststart(
    source: str,
    target: str,
    *,
    replace: bool,
    clone: Literal["auto", "always", "never"],
    progress: Callable[[int, int, int, int], object] | None,
) -> str:
    """A movie with its header first; `source` and `target` may be one."""

def cut_rules() -> list[
    tuple[
        str,
        Literal["error", "warning", "info"],
        str,
        str | None,
        str,
        str,
        list[Literal["content-hub-proxy", "pix"]],
    ]
]:
    """`(id, severity, title, fix, source, how sure, profiles)` of each rule."""

# What these five return is JSON; its keys are the fields of the classes in `reelpack.imf`.
def imf_show(path: str, *, having: list[str]) -> str:
    """What is in a package; reads its documents and the headers of no track file."""

def imf_document(path: str) -> str:
    """One document with its problems, and what of it is not known."""

def imf_verify(
    path: str,
    *,
    having: list[str],
    studio: bool,
    hashes: bool,
    jobs: int | None,
    readers: int | None,
    progress: Callable[[int, int, int, int], object] | None,
) -> str:
    """Findings, what was not checked, assets and compositions."""

def imf_diff(a: str, b: str) -> str:
    """What changed between two compositions."""

def imf_make(
    folder: str,
    *,
    issuer: str,
    creator: str,
    annotation: str | None,
    issue_date: str,
    asset_map_id: str,
    packing_list_id: str,
    edition: Literal["2007", "2016"],
    supplement: bool,
    replace: bool,
    jobs: int | None,
    readers: int | None,
    progress: Callable[[int, int, int, int], object] | None,
) -> str:
    """What was written."""

def imf_rewrite(path: str) -> str:
    """A document as it is written back."""

def imf_rules() -> list[
    tuple[
        str,
        Literal["error", "warning", "info"],
        Literal["standard", "package", "studio"],
        str,
        str | None,
        str | None,
        str,
        bool | None,
        bool | None,
    ]
]:
    """`(id, severity, origin, title, fix, clause, source, of Photon, of imferno)` of each rule."""

def ltfs_read(
    path: str,
) -> tuple[
    Literal["index", "label"],
    str,
    str,
    str,
    str,
    int | None,
    bool | None,
    list[tuple[str, int, int | None, tuple[tuple[str, str], ...]]],
]:
    """`(kind, version, uuid, creator, name, generation, compression, files)`.

    A file is `(path, size, block, digests)`, a digest `(algorithm, hex)`. See
    `reelpack.lto.read_ltfs`.
    """

@final
class Table:
    """Rows held as Arrow has them; threads may share it."""

    def __len__(self) -> int: ...
    @property
    def columns(self) -> list[str]: ...
    @property
    def kinds(self) -> list[str]:
        """What each column holds: text, int, float, bool, time or date."""

    def rows(self, offset: int, count: int) -> list[tuple[object, ...]]:
        """`count` rows from `offset` on, or fewer; a time is ns, a date days since 1970."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...

# Path and text of the TOML that overrides the contract.
_Overrides: TypeAlias = tuple[str, str] | None

# Told of each attempt, secrets struck out: method, url, status, outcome, seconds, request,
# response, seconds until the next one.
_Log: TypeAlias = (
    Callable[[str, str, int | None, str, float, str, str, float | None], object] | None
)

@final
class BacklotClient:
    """A client of the API; threads may share it, and a forked process may go on with it."""

    def __new__(
        cls,
        *,
        url: str | None,
        token_url: str | None,
        overrides: _Overrides,
        client_id: str | None,
        client_secret: str | None,
        username: str | None,
        password: str | None,
        access_token: str | None,
        refresh_token: str | None,
        expires_at: float | None,
        timeout: float,
        connect_timeout: float,
        retries: int,
        ca_files: list[str],
        proxy: str | None,
    ) -> Self: ...
    def call(
        self,
        operation: str,
        *,
        path: list[tuple[str, str]],
        query: list[tuple[str, str]],
        body: bytes | None,
        once: tuple[str, str, bool] | None,
        log: _Log,
    ) -> tuple[int, str, bytes, float | None]:
        """`(status, url, body, since)`; `since` if nothing was sent and this is a kept answer.

        `once` is the state file, the key, and whether to send it again all the same.
        """

    def token(self, *, log: _Log) -> tuple[str, str | None, float | None]:
        """`(access, refresh, seconds since 1970 at which it ends)`, valid now."""

    def stop(self) -> None:
        """End calls of other threads, with a ValueError there."""

def contract(
    overrides: _Overrides,
) -> tuple[
    str | None,
    str | None,
    list[tuple[str, str, str, bool, str, str, str, str, str]],
    list[tuple[str, str, str]],
    list[tuple[str, str, str]],
]:
    """`(host, token host, operations, fields, values)`.

    An operation is `(id, method, path, on the token host, evidence, of the path, of the verb,
    source, summary)`; a field or value is `(schema, ours, theirs)`.
    """

def table(columns: list[tuple[str, str, list[object]]]) -> Table:
    """A table of `(name, kind, values)`: text, int, float, bool, time or date."""
