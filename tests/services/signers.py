"""What tests of signing need: strokes of a hand, certificates made on the spot, pictures of printed papers."""

from __future__ import annotations

import io
import math
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from deliberation_app.services import signing
from deliberation_app.services.work import Work

NOW = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)
PASSWORD = "春风-1949"


def hand(seed: int = 1) -> list[list[list[float]]]:
    """Two movements of a pen with varying pressure."""
    wave = [[n / 30, 0.5 + 0.3 * math.sin(n / (2 + seed)), 0.01 + 0.01 * math.cos(n / 5)] for n in range(60)]
    return [wave, [[0.4, 0.1, 0.02], [0.6, 0.2, 0.012]]]


def named(name: str) -> x509.Name:
    """A name of a certificate."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def root(now: datetime = NOW) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    """A certificate authority of the test."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    made = (
        x509.CertificateBuilder()
        .subject_name(named("测试根证书"))
        .issuer_name(named("测试根证书"))
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=900))
        .not_valid_after(now + timedelta(days=900))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(usage(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    return key, made


def usage(**allowed: bool) -> x509.KeyUsage:
    """What a key may be used for."""
    parts = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    return x509.KeyUsage(**{part: allowed.get(part, False) for part in parts})


def certificate_file(
    place: Path,
    name: str,
    authority: tuple[rsa.RSAPrivateKey, x509.Certificate],
    *,
    now: datetime = NOW,
    days: tuple[int, int] = (-30, 300),
    allowed: tuple[str, ...] = ("digital_signature", "content_commitment"),
    elliptic: bool = False,
) -> Path:
    """A PKCS#12 file with a certificate of this name, signed by the authority."""
    key = ec.generate_private_key(ec.SECP256R1()) if elliptic else rsa.generate_private_key(65537, 2048)
    issuer_key, issuer = authority
    made = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(usage(**dict.fromkeys(allowed, True)), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
    locked = serialization.BestAvailableEncryption(PASSWORD.encode())
    place.write_bytes(pkcs12.serialize_key_and_certificates(name.encode(), key, made, [issuer], locked))
    return place


def by_hand(work: Work, meeting: uuid.UUID, *, why: str = "当时没有记", without: tuple[str, ...] = ()) -> str:
    """Chair and recorder sign the printed record by hand; with a reason for what is missing it is locked: its code."""
    wanted = {"主持人": "范例安", "记录人": "尹记录"}
    places = signing.view(work, meeting).places
    names = {one.number: wanted[one.role] for one in places if one.role in wanted and one.role not in without}
    signing.on_paper(work, meeting, names)
    reasons = {finding.place: why for finding in signing.view(work, meeting).findings}
    return signing.lock(work, meeting, reasons=reasons)


def scan_of(pdf: bytes, kind: str, *, dots: int = 150, turned: float = 0.0, pages: slice = slice(None)) -> bytes:
    """The pages as a scanner gives them: grey, a little turned."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pictures = [
            document[n].render(scale=dots / 72).to_pil().convert("L").rotate(turned, fillcolor=255, expand=True)
            for n in range(len(document))[pages]
        ]
    finally:
        document.close()
    out = io.BytesIO()
    many = {"save_all": True, "append_images": pictures[1:]} if kind in ("PDF", "TIFF") else {}
    pictures[0 if many else -1].save(out, kind, **many)
    return out.getvalue()
