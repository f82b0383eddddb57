"""Signatures by certificate: a PKCS#12 file and its password sign a PDF (PAdES-B-B), shown on the page at its place."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.stamp import StaticStampStyle

from deliberation_app import settings
from deliberation_app.errors import N_, AppError, RuleBroken
from deliberation_app.papers import fonts
from deliberation_app.papers.ink import small_page
from deliberation_app.papers.lines import clean, set_line, width
from deliberation_app.papers.press import SignPlace

# The library tells a log what is told to people here.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
WORDS = "证书签名"
FEWEST_BITS = 2048
CURVES = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
LARGEST_NAME, SMALLEST = 17.0, 7.0


@dataclass(frozen=True)
class Certificate:
    """A key that may sign, with whose it is; it lives as long as one signature takes."""

    name: str
    subject: str
    issuer: str
    serial: str
    until: datetime
    signer: Any


def open_file(data: bytes, password: str, *, now: datetime, file: str) -> Certificate:
    """Open a PKCS#12 file; every reason why it cannot sign is a sentence of its own."""
    secret = password.encode()
    try:
        key, found, _others = pkcs12.load_key_and_certificates(data, secret or None)
    except ValueError as error:
        if "password" in str(error).lower() or "mac" in str(error).lower():
            raise AppError(
                N_("The password does not open “{file}”. Type it again; it is never stored."), file=file
            ) from error
        raise _no_file(file) from error
    except TypeError as error:
        raise AppError(N_("“{file}” needs a password."), file=file) from error
    if key is None or found is None:
        raise AppError(N_("“{file}” holds no private key with its certificate, so it cannot sign. Export it again with "
                          "the private key (.p12 or .pfx)."), file=file)  # fmt: skip
    _refuse_unfit(found, key, now, file)
    signer = SimpleSigner.load_pkcs12_data(data, other_certs=(), passphrase=secret or None)
    if signer is None:
        raise _no_file(file)
    return Certificate(
        _common(found.subject) or found.subject.rfc4514_string(), found.subject.rfc4514_string(),
        found.issuer.rfc4514_string(), f"{found.serial_number:X}", found.not_valid_after_utc, signer,
    )  # fmt: skip


def _no_file(file: str) -> AppError:
    return AppError(N_("“{file}” is no certificate file that can be opened. Choose the .p12 or .pfx file."), file=file)


def _common(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else ""


def _refuse_unfit(found: x509.Certificate, key: object, now: datetime, file: str) -> None:
    whose = _common(found.subject) or file
    if now > found.not_valid_after_utc:
        raise RuleBroken(N_("The certificate of {name} expired on {day}. Have it renewed, or sign on paper or on the "
                            "screen."), name=whose, day=_day(found.not_valid_after_utc))  # fmt: skip
    if now < found.not_valid_before_utc:
        raise RuleBroken(N_("The certificate of {name} is valid from {day} only. Check the clock of this computer."),
                         name=whose, day=_day(found.not_valid_before_utc))  # fmt: skip
    if not _may_sign(found):
        raise RuleBroken(N_("The certificate of {name} is not made for signing (its key usage does not allow it). Use "
                            "a signing certificate, or sign on paper or on the screen."),
                         name=whose)  # fmt: skip
    known = isinstance(key, rsa.RSAPrivateKey) and key.key_size >= FEWEST_BITS
    if not known and not (isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, CURVES)):
        raise RuleBroken(N_("The key of {name} is of a kind that PDF readers elsewhere could not check. RSA of 2048 "
                            "bits or more and the curves P-256, P-384 and P-521 can sign."),
                         name=whose)  # fmt: skip


def _day(at: datetime) -> str:
    return f"{at.astimezone(settings.DISPLAY_ZONE):%Y-%m-%d}"


def _may_sign(found: x509.Certificate) -> bool:
    """Whether the key usage, where there is one, allows signatures under papers."""
    try:
        usage = found.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


class Signing(PdfSigner):
    """Signs with the time that the page shows, not with a later one."""

    at: datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        """The session of the library with that time."""
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self.at
        return session


class Update(IncrementalPdfFileWriter):  # type: ignore[misc, unused-ignore]
    """An update that leaves what the file says of itself as it is: a signature changes no title and no producer."""

    def _update_meta(self) -> None:
        """The library would put its own name and the clock of the computer there."""


class Drawn(PdfContent):
    """A small page of our own as what a signature shows."""

    def __init__(self, page: bytes) -> None:
        self.page = page
        super().__init__()

    def render(self) -> bytes:
        """Take the page over with its fonts."""
        reader = PdfFileReader(io.BytesIO(self.page))
        taken = self._ensure_writer.import_page_as_xobject(reader, page_ix=0)
        self.resources.xobject["/Signature"] = taken
        _, _, wide, high = taken.get_object()["/BBox"]
        self.box = layout.BoxConstraints(width=float(wide), height=float(high))
        return b"/Signature Do"


def stamp(name: str, at: datetime, wide: float, high: float) -> bytes:
    """Name, that a certificate signed, and when, on a page of this size with all fonts inside."""
    shown = clean(name)
    size = min(LARGEST_NAME, (wide - 8) / max(width(fonts.KAITI, shown, 1.0), 1.0))
    local = at.astimezone(settings.DISPLAY_ZONE)
    below = f"{WORDS} {local.year}年{local.month}月{local.day}日 {local:%H:%M}"
    words = [
        *set_line(fonts.KAITI, shown, size, down=high - 2.2 * SMALLEST, left=4)[0],
        *set_line(fonts.SONGTI, below, SMALLEST, down=high - 0.7 * SMALLEST, left=4)[0],
    ]
    with fonts.LOCK:
        return small_page(words, wide, high)


def sign(pdf: bytes, by: Certificate, place: SignPlace, *, name: str, label: str, at: datetime) -> bytes:
    """The same PDF with one more signature as an incremental update: what was signed before stays byte for byte."""
    field = f"Signature{place.place + 1}"
    left, bottom, right, top = place.box
    corners = (round(left), round(bottom), round(right), round(top))
    style = StaticStampStyle(
        background=Drawn(stamp(name, at, right - left, top - bottom)), border_width=0,
        background_layout=layout.SimpleBoxLayoutRule(
            x_align=layout.AxisAlignment.ALIGN_MIN, y_align=layout.AxisAlignment.ALIGN_MIN,
            margins=layout.Margins(0, 0, 0, 0),
        ),
    )  # fmt: skip
    meta = PdfSignatureMetadata(
        field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256", name=name, reason=label
    )  # fmt: skip
    signing = Signing(
        meta, by.signer, stamp_style=style,
        new_field_spec=SigFieldSpec(field, on_page=place.page - 1, box=corners),
    )  # fmt: skip
    signing.at = at.astimezone(settings.DISPLAY_ZONE)
    try:
        signed = signing.sign_pdf(Update(io.BytesIO(pdf)))
    except (PdfError, SigningError) as error:
        raise AppError(N_("The signature could not be put into the PDF ({reason}). Nothing was changed."),
                       reason=str(error)) from error  # fmt: skip
    return bytes(signed.getvalue())
