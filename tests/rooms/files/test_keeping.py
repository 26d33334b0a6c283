"""Files in a folder and in a bucket: kept, read back, handed over, dropped."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import override_settings
from moto.server import ThreadedMotoServer
from storages.backends.s3 import S3Storage

from farol.files import actions, queries
from farol.files.models import Attachment
from tests.world import World

BUCKET = "farol-anexos"
CONTENT = b"<?xml version='1.0'?><nfeProc/>"


SIGNATURE = {"aws_access_key_id": "farol", "aws_secret_access_key": "farol"}


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """An S3 server of our own, with one bucket; answers its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    boto3.client("s3", endpoint_url=address, region_name="us-east-1", **SIGNATURE).create_bucket(Bucket=BUCKET)
    yield address
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where the files go."""
    if request.param == "folder":
        yield request.param
        return
    options = {
        "bucket_name": BUCKET,
        "endpoint_url": request.getfixturevalue("bucket"),
        "access_key": SIGNATURE["aws_access_key_id"],
        "secret_key": SIGNATURE["aws_secret_access_key"],
        "default_acl": "private",
        "file_overwrite": False,
    }
    s3 = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    with override_settings(STORAGES={**settings.STORAGES, "default": s3}):
        yield request.param


def keep(world: World) -> Attachment:
    by = world.by(world.marina)
    return actions.keep(by.subject, SimpleUploadedFile("nota.xml", CONTENT), by=by)


def test_a_file_is_kept_and_read_back_as_it_came(world: World, storage: str) -> None:
    kept = queries.attachment(keep(world).pk)
    assert kept is not None
    with kept.content.open("rb") as content:
        assert content.read() == CONTENT
    assert isinstance(kept.content.storage._wrapped, S3Storage) == (storage == "bucket")
    assert "nota" not in kept.content.name


def test_a_dropped_file_is_gone_with_its_row(world: World, storage: str, django_capture_on_commit_callbacks) -> None:
    kept = keep(world)
    content, name = kept.content.storage, kept.content.name
    with django_capture_on_commit_callbacks(execute=True):
        actions.drop(kept)
    assert not queries.attached_to(world.by(world.marina).subject).exists()
    assert not content.exists(name)


def test_a_file_whose_row_stays_after_all_stays_too(world: World, storage: str) -> None:
    kept = keep(world)
    number, content, name = kept.pk, kept.content.storage, kept.content.name
    with transaction.atomic():
        actions.drop(kept)
        transaction.set_rollback(True)
    assert queries.attachment(number) is not None
    assert content.exists(name)


def test_a_part_of_a_file_is_read_alone(world: World, storage: str) -> None:
    kept = queries.attachment(keep(world).pk)
    assert kept is not None
    part = queries.content_of(kept, range(6, 13))
    assert (part.read(3), part.read(), part.read()) == (b"ver", b"sion", b"")
    part.close()
