"""An image from its upload to its removal."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from PIL import Image as Picture
from PIL import ImageCms

from sorb.media import renditions
from sorb.media.models import Image
from tests.factories import photo
from tests.media.samples import leaves, opened, plain, png_of, quarters, saved, stored_files, upload

pytestmark = pytest.mark.django_db

OPEN_GPS = {1: "N", 2: (42.0, 41.0, 52.0), 3: "E", 4: (23.0, 19.0, 19.0)}


def kept(content: bytes, name: str = "photo.jpg", **fields: Any) -> Image:
    return Image.objects.create(file=upload(content, name), **fields)


def files_of(image: Image) -> set[str]:
    return {image.file.name, *renditions.paths(image.renditions)}


def sizes(image: Image) -> dict[str, dict[str, list[tuple[int, int]]]]:
    """Shape, then codec: the sizes that the files really have."""
    return {
        shape: {codec: [opened(row[2]).size for row in rows] for codec, rows in made.items()}
        for shape, made in image.renditions.items()
    }


def test_the_facts_of_the_upload_are_noted() -> None:
    content = photo((320, 213))

    image = kept(content, "Кметът_на_Елин Пелин.jpg")

    image.refresh_from_db()
    assert (image.width, image.height, image.size) == (320, 213, len(content))
    assert image.original_name == "Кметът_на_Елин Пелин.jpg"
    assert (image.title_bg, image.alternative_bg) == ("Кметът на Елин Пелин", "")
    assert len(image.content_hash) == 64


def test_a_given_title_stays() -> None:
    assert kept(photo((32, 32)), title_bg="Снимка").title_bg == "Снимка"


def test_everything_lies_under_names_of_chance() -> None:
    image = kept(photo((320, 213)), "../../evil.php\0.jpg")

    stem = image.file.name.removesuffix(".jpg")
    assert image.file.name.startswith("images/20")
    assert len(stem.rpartition("/")[2]) == 22
    assert all(name.startswith(stem) for name in files_of(image))
    assert stored_files() == files_of(image)


def test_renditions_have_the_sizes_they_say() -> None:
    image = kept(photo((1800, 1200)))

    of_all = {
        "full": [(480, 320), (960, 640), (1600, 1067)],
        "wide": [(480, 270), (960, 540), (1600, 900)],
        "square": [(480, 480), (960, 960)],
    }
    assert sizes(image) == {
        shape: dict.fromkeys(image.renditions[shape], expected)
        for shape, expected in of_all.items()
    }
    assert {
        shape: {codec: [tuple(row[:2]) for row in rows] for codec, rows in made.items()}
        for shape, made in image.renditions.items()
    } == sizes(image)


def test_a_photograph_comes_in_three_formats() -> None:
    image = kept(leaves())

    for shape in ("full", "wide", "square"):
        made = image.renditions[shape]
        assert list(made) == ["avif", "webp", "jpeg"]
        assert {codec: opened(rows[0][2]).format for codec, rows in made.items()} == {
            "avif": "AVIF",
            "webp": "WEBP",
            "jpeg": "JPEG",
        }


def test_a_small_picture_is_never_enlarged() -> None:
    image = kept(photo((320, 213)))

    assert {shape: made["jpeg"] for shape, made in sizes(image).items()} == {
        "full": [(320, 213)],
        "wide": [(320, 180)],
        "square": [(213, 213)],
    }


@pytest.mark.parametrize("size", [(1, 9000), (9000, 1), (1, 1)])
def test_extreme_proportions_leave_no_side_of_nothing(size: tuple[int, int]) -> None:
    image = kept(saved(plain(size), "PNG"), "thin.png")

    assert (image.width, image.height) == (min(size[0], 4000), min(size[1], 4000))
    assert min(side for made in sizes(image).values() for side in min(made["jpeg"])) == 1


def test_a_large_picture_is_kept_at_4000_pixels() -> None:
    image = kept(saved(plain((4400, 220))))

    assert opened(image.file.name).size == (4000, 200)
    assert (image.width, image.height) == (4000, 200)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(orientation: int) -> None:
    turns = {
        2: Picture.Transpose.FLIP_LEFT_RIGHT,
        3: Picture.Transpose.ROTATE_180,
        4: Picture.Transpose.FLIP_TOP_BOTTOM,
        5: Picture.Transpose.TRANSPOSE,
        6: Picture.Transpose.ROTATE_90,
        7: Picture.Transpose.TRANSVERSE,
        8: Picture.Transpose.ROTATE_270,
    }
    exif = Picture.Exif()
    exif[0x0112] = orientation
    scene = quarters((120, 80))
    as_taken = scene.transpose(turns[orientation]) if orientation > 1 else scene

    image = kept(saved(as_taken, exif=exif, quality=95))

    upright = opened(image.file.name)
    assert upright.size == (120, 80)
    corners = [upright.getpixel(at) for at in ((20, 20), (100, 20), (20, 60), (100, 60))]
    assert [tuple(round(value / 255) for value in corner) for corner in corners] == [
        (1, 0, 0),
        (0, 1, 0),
        (0, 0, 1),
        (1, 1, 0),
    ]


def test_place_author_and_every_other_trace_are_gone_from_all_files() -> None:
    exif = Picture.Exif()
    exif[0x010E] = "</title><script>alert(1)</script>"
    exif[0x013B] = "IVAN PETROV"
    exif[0x8825] = OPEN_GPS
    exif[0x8769] = {0xA431: "SERIAL-123456"}
    content = saved(plain((600, 400)), exif=exif, comment=b"<?php system('id');", dpi=(300, 300))
    assert b"SERIAL-123456" in content

    image = kept(content + b"<script>alert(2)</script>")

    for name in files_of(image):
        stored = (Path(default_storage.location) / name).read_bytes()
        assert not [
            trace
            for trace in (b"Exif", b"SERIAL", b"IVAN", b"<script", b"<?php", b"ICC_PROFILE")
            if trace in stored
        ]
        assert dict(opened(name).getexif()) == {}


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")  # what Pillow says of the file
def test_broken_exif_is_no_reason_to_refuse_a_picture() -> None:
    whole = saved(plain())
    broken = b"\xff\xe1\x00\x20Exif\0\0II*\0\xff\xff\xff\xff" + b"\xff" * 14

    assert kept(whole[:2] + broken + whole[2:]).width == 64


@pytest.mark.parametrize(
    ("content", "name", "expected", "is_close_to"),
    [
        (saved(plain(colour=(0, 255, 255, 0), mode="CMYK")), "cmyk.jpg", "JPEG", (255, 0, 0)),
        (saved(plain(colour=30000, mode="I;16"), "PNG"), "gray16.png", "JPEG", (117, 117, 117)),
        (saved(plain(colour=100, mode="L")), "gray.jpg", "JPEG", (100, 100, 100)),
        (saved(plain(colour=1, mode="1"), "PNG"), "bit.png", "JPEG", (255, 255, 255)),
        (saved(plain(colour="red").quantize(), "PNG"), "palette.png", "JPEG", (255, 0, 0)),
        (saved(plain(colour=(9, 9, 200, 255), mode="RGBA"), "PNG"), "a.png", "JPEG", (9, 9, 200)),
        (saved(plain(colour=(9, 9, 200, 99), mode="RGBA"), "PNG"), "b.png", "PNG", (9, 9, 200, 99)),
        (saved(plain(colour=(90, 40), mode="LA"), "PNG"), "c.png", "PNG", (90, 90, 90, 40)),
        (
            saved(plain(colour=(9, 9, 200, 99), mode="RGBA"), "WEBP", lossless=True),
            "d.webp",
            "PNG",
            (9, 9, 200, 99),
        ),
        (
            saved(plain(colour="red").quantize(), "PNG", transparency=0),
            "e.png",
            "PNG",
            (255, 0, 0, 0),
        ),
    ],
)
def test_every_kind_of_pixel_becomes_one_that_browsers_show(
    content: bytes, name: str, expected: str, is_close_to: tuple[int, ...]
) -> None:
    image = kept(content, name)

    original = opened(image.file.name)
    assert original.format == expected
    pixel = original.getpixel((30, 20))
    assert max(abs(a - b) for a, b in zip(pixel, is_close_to, strict=True)) <= 3
    assert {opened(name).size[0] for name in files_of(image)} == {64, 48}


@pytest.mark.parametrize(
    ("codec", "name"), [("GIF", "a.gif"), ("WEBP", "a.webp"), ("PNG", "a.png"), ("MPO", "a.jpg")]
)
def test_of_several_frames_the_first_is_kept(codec: str, name: str) -> None:
    frames = [plain((40, 40), colour) for colour in ("red", "green", "blue")]
    content = saved(frames[0], codec, save_all=True, append_images=frames[1:], duration=100)

    image = kept(content, name)

    red, green, blue = opened(image.file.name).getpixel((20, 20))
    assert (red > 240, green < 15, blue < 15) == (True, True, True)
    assert getattr(opened(image.file.name), "n_frames", 1) == 1


def test_what_shines_through_stands_on_white_in_jpeg_and_shines_on_in_webp() -> None:
    image = kept(saved(plain((500, 300), (0, 0, 0, 0), "RGBA"), "PNG"), "logo.png")

    jpeg = opened(image.of_shape("full", "jpeg")[0].path)
    webp = opened(image.of_shape("full", "webp")[0].path)
    assert jpeg.getpixel((100, 100)) == (255, 255, 255)
    assert webp.getpixel((100, 100))[3] == 0


def test_colours_of_another_profile_become_srgb() -> None:
    swapped = ImageCms.createProfile("sRGB")
    data = bytearray(ImageCms.ImageCmsProfile(swapped).tobytes())
    red, green = data.index(b"rXYZ"), data.index(b"gXYZ")
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    content = saved(plain(colour=(255, 0, 0)), "PNG", icc_profile=bytes(data))

    image = kept(content, "other.png")

    red_part, green_part, _blue = opened(image.file.name).getpixel((20, 20))
    assert (red_part < 60, green_part > 200) == (True, True)


@pytest.mark.parametrize("profile", [b"nonsense" * 100, b"\0" * 200])
def test_a_broken_profile_is_left_out(profile: bytes) -> None:
    image = kept(saved(plain(colour=(200, 30, 60)), icc_profile=profile))

    pixel = opened(image.file.name).getpixel((20, 20))
    assert max(abs(a - b) for a, b in zip(pixel, (200, 30, 60), strict=True)) <= 3


def test_the_cut_shapes_keep_the_focal_point() -> None:
    scene = plain((1600, 400), "black")
    scene.paste((255, 0, 0), (1500, 0, 1600, 400))

    image = kept(saved(scene), focal_x=97, focal_y=50)

    for shape in ("wide", "square"):
        cut = opened(image.of_shape(shape, "jpeg")[-1].path)
        assert cut.getpixel((cut.width - 20, 100))[0] > 200


def test_a_moved_focal_point_makes_only_the_cut_shapes_anew(
    django_capture_on_commit_callbacks: Any,
) -> None:
    image = kept(photo((1600, 400)))
    before = {shape: dict(made) for shape, made in image.renditions.items()}
    image.focal_x = 0

    with django_capture_on_commit_callbacks(execute=True):
        image.save()

    image.refresh_from_db()
    assert image.renditions["full"] == before["full"]
    assert not set(renditions.paths(image.renditions, ("wide", "square"))) & set(
        renditions.paths(before)
    )
    assert stored_files() == files_of(image)


def test_a_focal_point_that_is_saved_alone_takes_its_renditions_along() -> None:
    image = kept(photo((1600, 400)))
    image.focal_x = 0

    image.save(update_fields=["focal_x"])

    cut = image.renditions["wide"]
    image.refresh_from_db()
    assert image.renditions["wide"] == cut


def test_a_change_of_words_touches_no_file() -> None:
    image = kept(photo((320, 213)))
    before = (image.file.name, image.renditions)

    image.caption_bg = "Заседание"
    image.save()
    image.save(update_fields=["caption_bg"])

    image.refresh_from_db()
    assert (image.file.name, image.renditions) == before
    assert stored_files() == files_of(image)


@pytest.mark.parametrize("content", [None, b"garbage", png_of(20_000, 20_000)])
def test_an_original_lost_or_tampered_with_does_not_stop_the_editor(
    content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    image = kept(photo((320, 213)))
    default_storage.delete(image.file.name)
    if content:
        default_storage.save(image.file.name, ContentFile(content))
    before = image.renditions
    image.focal_x = 0

    image.save()

    image.refresh_from_db()
    assert (image.focal_x, image.renditions) == (0, before)
    assert f"The original of image {image.pk} cannot be read" in caplog.text


def test_a_replaced_file_goes_after_commit(django_capture_on_commit_callbacks: Any) -> None:
    image = kept(photo((320, 213)))
    old = files_of(image)
    image.file = upload(photo((500, 300), seed=2), "another.png")

    with django_capture_on_commit_callbacks(execute=True):
        image.save()

    image.refresh_from_db()
    assert (image.width, image.original_name) == (500, "another.png")
    assert stored_files() == files_of(image)
    assert not stored_files() & old


def test_a_file_put_past_the_library_is_checked_all_the_same() -> None:
    image = Image()

    with pytest.raises(ValidationError):
        image.file.save("page.jpg", ContentFile(b"<!doctype html>"))

    assert Image.objects.count() == 0


@pytest.mark.parametrize("how", ["row", "query"])
def test_a_deleted_image_takes_its_files_along(
    how: str, django_capture_on_commit_callbacks: Any
) -> None:
    gone, other = kept(photo((320, 213))), kept(photo((320, 213), seed=2))

    with django_capture_on_commit_callbacks(execute=True):
        if how == "row":
            gone.delete()
        else:
            Image.objects.filter(pk=gone.pk).delete()

    assert stored_files() == files_of(other)


def test_a_deletion_that_is_rolled_back_keeps_the_files() -> None:
    image = kept(photo((320, 213)))
    files = files_of(image)

    with transaction.atomic():
        image.delete()
        transaction.set_rollback(True)

    assert stored_files() == files


def test_a_refused_file_leaves_row_and_files_as_they_were() -> None:
    image = kept(photo((320, 213)))
    files = files_of(image)
    image.file = upload(b"<!doctype html>", "page.jpg")

    with pytest.raises(ValidationError):
        image.save()

    image.refresh_from_db()
    assert stored_files() == files_of(image) == files


def test_a_row_that_the_database_refuses_leaves_no_file() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        kept(photo((320, 213)), focal_x=101)

    assert stored_files() == set()


def test_a_full_disk_leaves_neither_row_nor_files(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, left = default_storage.save, [5]

    def save(name: str, content: Any) -> str:
        left[0] -= 1
        if left[0] < 0:
            raise OSError("no space left")
        return str(whole(name, content))

    monkeypatch.setattr(default_storage, "save", save)

    with pytest.raises(OSError, match="no space left"):
        kept(photo((320, 213)))

    assert Image.objects.count() == 0
    assert stored_files() == set()


def test_the_picture_to_share_is_the_largest_wide_jpeg() -> None:
    image = kept(photo((1800, 1200)))

    share = image.share_picture()

    assert (share.width, share.height) == (1600, 900)
    assert opened(share.path).size == (1600, 900)


def test_without_renditions_the_original_is_shared() -> None:
    image = Image(file="images/2026/11/abc.jpg", width=10, height=5)

    assert image.share_picture() == (10, 5, "images/2026/11/abc.jpg")


def test_without_a_file_nothing_is_shared() -> None:
    assert Image().share_picture() is None


def test_the_form_of_a_stored_image_does_not_read_it_again() -> None:
    image = kept(photo((320, 213)))
    default_storage.delete(image.file.name)

    image.full_clean(exclude=["uploaded_by"])

    assert connection.in_atomic_block
