"""What a sandbox keeps, as tables of SQLite.

Instants are seconds since 1970 by the sandbox's clock, for SQLite knows no time zones. A table that
pages are made of has a number of its own that grows: a page starts behind the last number of the
page before, so that the thousandth costs what the first did.
"""

from __future__ import annotations

# SQLAlchemy reads the annotations when the module is loaded.
from datetime import date

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

__all__ = [
    "Base",
    "Delivery",
    "Fault",
    "File",
    "Material",
    "Package",
    "Request",
    "Setting",
    "Title",
    "Token",
    "Track",
]


class Base(DeclarativeBase):
    """Base of all tables."""

    type_annotation_map = {list[str]: JSON, dict[str, object]: JSON, list[dict[str, object]]: JSON}  # noqa: RUF012  (SQLAlchemy's own form)


class Title(Base):
    """A title of the studio."""

    __tablename__ = "title"

    movie_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    original_language: Mapped[str]
    is_original: Mapped[bool]
    release_type: Mapped[str]


class Package(Base):
    """What the requests of one version of a title belong to."""

    __tablename__ = "package"

    package_id: Mapped[str] = mapped_column(primary_key=True)
    movie_id: Mapped[str] = mapped_column(ForeignKey("title.movie_id"), index=True)
    title: Mapped[Title] = relationship(lazy="joined", innerjoin=True)


class Request(Base):
    """A source request."""

    __tablename__ = "request"

    number: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[str] = mapped_column(unique=True)
    package_id: Mapped[str] = mapped_column(ForeignKey("package.package_id"), index=True)
    package: Mapped[Package] = relationship(lazy="joined", innerjoin=True)
    state: Mapped[str]
    source_type: Mapped[str]
    service_type: Mapped[str | None]
    language: Mapped[str]
    due_date: Mapped[date]
    estimated_delivery_date: Mapped[date]
    estimated_delivery_date_reason: Mapped[str | None]
    transfer_state: Mapped[str | None]
    material_status: Mapped[str | None]
    material_comment: Mapped[str | None]
    inspection_status: Mapped[str | None]
    fulfillment_partner: Mapped[str | None]
    sub_assign: Mapped[str | None]
    translator_credit_present: Mapped[bool | None]
    translator_credit_waiver_present: Mapped[bool | None]
    takes_several_files: Mapped[bool] = mapped_column(server_default="0")
    redelivery_requested_at: Mapped[float | None]
    updated_at: Mapped[float]
    # What it was before it was canceled, to go back to.
    state_before: Mapped[str | None]
    # What the next inspection and quality control will find.
    foreseen_codes: Mapped[list[str]] = mapped_column(server_default="[]")
    foreseen_verdict: Mapped[str] = mapped_column(server_default="accept")


class Delivery(Base):
    """A delivery and its transfer."""

    __tablename__ = "delivery"

    number: Mapped[int] = mapped_column(primary_key=True)
    transfer_id: Mapped[str] = mapped_column(unique=True)
    request_id: Mapped[str] = mapped_column(ForeignKey("request.request_id"), index=True)
    request: Mapped[Request] = relationship(lazy="joined", innerjoin=True)
    state: Mapped[str]
    inspection_status: Mapped[str | None]
    errors: Mapped[list[dict[str, object]]] = mapped_column(default=list)
    started_at: Mapped[float]
    # When it moves on by itself; None while it waits for somebody, and at its end.
    moves_at: Mapped[float | None] = mapped_column(index=True)
    asset_info: Mapped[dict[str, object]] = mapped_column(default=dict)
    hermes_id: Mapped[str | None]
    files: Mapped[list[File]] = relationship(order_by="File.place", lazy="selectin")
    tracks: Mapped[list[Track]] = relationship(order_by="Track.number", lazy="selectin")


class File(Base):
    """A file of a delivery: what was announced of it, and what came."""

    __tablename__ = "file"

    number: Mapped[int] = mapped_column(primary_key=True)
    delivery_number: Mapped[int] = mapped_column(ForeignKey("delivery.number"), index=True)
    # Its place in the delivery, from 1.
    place: Mapped[int]
    source_path: Mapped[str]
    destination_path: Mapped[str]
    # Bytes.
    announced: Mapped[int]
    counted: Mapped[int] = mapped_column(default=0)
    md5: Mapped[str | None]
    is_whole: Mapped[bool] = mapped_column(default=False)


class Track(Base):
    """A track of an IMF delivery, for one request."""

    __tablename__ = "track"

    number: Mapped[int] = mapped_column(primary_key=True)
    delivery_number: Mapped[int] = mapped_column(ForeignKey("delivery.number"), index=True)
    delivery: Mapped[Delivery] = relationship(overlaps="tracks")
    request_id: Mapped[str] = mapped_column(ForeignKey("request.request_id"), index=True)
    track_id: Mapped[str]
    # What the playlist plays in the track, to tell a changed one from one that is as it was.
    fingerprint: Mapped[str]


class Material(Base):
    """A download material."""

    __tablename__ = "material"

    number: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[str] = mapped_column(unique=True)
    package_id: Mapped[str] = mapped_column(ForeignKey("package.package_id"), index=True)
    package: Mapped[Package] = relationship(lazy="joined", innerjoin=True)
    type: Mapped[str]
    type_display_name: Mapped[str]
    qc_status: Mapped[str]
    language: Mapped[str]
    file_name: Mapped[str]
    file_size: Mapped[int]
    created_at: Mapped[float]
    # Why it cannot be downloaded.
    download_error: Mapped[str | None]


class Token(Base):
    """A token that was given out, by its digest: nothing secret lies in the file."""

    __tablename__ = "token"

    digest: Mapped[str] = mapped_column(primary_key=True)
    is_refresh: Mapped[bool]
    expires_at: Mapped[float]


class Fault(Base):
    """A fault that waits for its call."""

    __tablename__ = "fault"

    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    operation: Mapped[str]
    # Calls that it still hits.
    times: Mapped[int]
    details: Mapped[dict[str, object]] = mapped_column(default=dict)


class Setting(Base):
    """A number that outlives the process, by its name: how far the clock was turned forward."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[float]


# The pages of a title, and what the buckets count, without reading each request whole.
Index("request_due", Request.state, Request.due_date)
