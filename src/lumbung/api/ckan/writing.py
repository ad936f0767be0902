"""Packages and resources that programs make and change: every word and every file passes the gate, none is published.

A file that is sent becomes a submission, which people review. What stands on the shelf is not changed by any of
this: a file for it becomes its next release once it is approved, and words for it wait for that file.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lumbung.api.ckan import drafts, gatekeeping, packages
from lumbung.api.ckan.arguments import Given, dictionaries, needed, text
from lumbung.api.ckan.caller import Caller
from lumbung.api.ckan.describing import check_name, described
from lumbung.api.ckan.failures import Invalid, NotAllowed, NotThere, wrong
from lumbung.api.models import Draft, Piece
from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.queries import holds
from lumbung.portal.accounts.roles import Role
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.intake.actions import describe, shred
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.permissions import EDITABLE, SHREDDABLE
from lumbung.portal.intake.states import State
from lumbung.portal.intake.vault import Sealed
from lumbung.portal.publication.actions import withdraw

MOST_PIECES = 100
MOST_DRAFTS = 500  # of one organisation
DESCRIPTOR = "datapackage.json"


def package_create(caller: Caller, told: Given) -> dict[str, Any]:
    """Begin a dataset: name, owner_org, title, notes, license_id, groups, extras, resources that will be uploaded.
    It waits, private, for its files and for the review; nothing is published by this."""
    person = caller.sender
    name, organisation = check_name(told, person)
    gatekeeping.check_words(told)
    words = described(told, known={}, whole=True)
    announced = _announced(told)
    drafts.forget_old()
    theirs = Draft.objects.filter(organisation=organisation)
    if theirs.count() >= MOST_DRAFTS:
        raise Invalid({"message": [_("Terlalu banyak paket yang belum selesai. Hapus yang tidak dipakai.")]})
    try:
        with transaction.atomic():
            draft = Draft.objects.create(person=person, organisation=organisation, name=name, words=words)
            _announce(draft, announced)
    except IntegrityError:
        raise wrong("name", "That URL is already in use.") from None
    return drafts.package(draft)


def package_update(caller: Caller, told: Given) -> dict[str, Any]:
    """Say all of it anew: id or name, and the fields of package_create. For a published dataset the words wait for its
    next file."""
    return _change(caller, told, whole=True)


def package_patch(caller: Caller, told: Given) -> dict[str, Any]:
    """Say some of it anew, and leave the rest: id, and any fields of package_create."""
    return _change(caller, told, whole=False)


def package_delete(caller: Caller, told: Given) -> None:
    """Give up a draft with the files that are not published; or withdraw a published dataset, where one may."""
    person = caller.sender
    name = needed(told, "id", "name")
    draft = drafts.own_draft(person, name)
    dataset = (draft.dataset or drafts.published_as(draft)) if draft else packages.dataset_named(name)
    if draft is None and dataset is None:
        raise NotThere
    if dataset is not None:
        because = _("Ditarik lewat API oleh pengelolanya.")
        withdraw(dataset, person=person, by=caller.by, because=because, ground=ClosingGround.REQUESTED)
    if draft is not None:
        for piece in draft.pieces.select_related("submission"):
            _give_up(piece.submission, caller)
        draft.delete()


def dataset_purge(caller: Caller, told: Given) -> None:
    """Give up a draft. What was published is removed at the desk alone, where its title has to be typed again."""
    person = caller.sender
    name = needed(told, "id", "name")
    if packages.dataset_named(name) is not None:
        raise NotAllowed(_("Data yang terbit hanya dihapus dari mejanya, setelah judulnya diketik ulang."))
    if drafts.own_draft(person, name) is None:
        raise NotThere
    package_delete(caller, told)


def resource_create(caller: Caller, told: Given) -> dict[str, Any]:
    """Send a file for a dataset: package_id, upload (multipart), name. It is inspected at once; what is held is 409
    with the reasons, what passes waits for the review. Links to files elsewhere are not kept."""
    person = caller.sender
    draft = draft_of(person, needed(told, "package_id"))
    gatekeeping.check_words(told, name=caller.upload.name if caller.upload else "")
    _check_no_link(told)
    if caller.upload is None:
        raise wrong("upload", "Missing value")
    if draft.pieces.count() >= MOST_PIECES:
        raise wrong("package_id", f"At most {MOST_PIECES} resources")
    piece = Piece(draft=draft, name=text(told, "name")[:200])
    return _sent(piece, caller.upload, caller=caller, person=person)


def resource_update(caller: Caller, told: Given) -> dict[str, Any]:
    """Send another file in place of a resource: id, upload (multipart). For a published one it is the next release."""
    person = caller.sender
    gatekeeping.check_words(told, name=caller.upload.name if caller.upload else "")
    _check_no_link(told)
    piece = piece_of(person, needed(told, "id"))
    if caller.upload is None:
        return drafts.resource(piece)
    return _sent(piece, caller.upload, caller=caller, person=person)


def resource_patch(caller: Caller, told: Given) -> dict[str, Any]:
    """The same as resource_update."""
    return resource_update(caller, told)


def resource_delete(caller: Caller, told: Given) -> None:
    """Give up a file that is not published: id."""
    person = caller.sender
    piece = drafts.own_piece(person, needed(told, "id"))
    if piece is None:
        if packages.file_named(needed(told, "id")) is not None:
            raise NotAllowed(_("Berkas yang terbit tidak dihapus satu per satu: tarik datanya, atau tutup rilisnya."))
        raise NotThere
    _give_up(piece.submission, caller)
    piece.delete()


def take(sealed: Sealed, piece: Piece, *, caller: Caller, person: Person) -> Submission:
    """A sealed file as a submission of the piece's draft, through the gate. What the piece had before is given up."""
    draft = piece.draft
    words, before = drafts.words_of(draft), piece.submission
    dataset = _goes_on_with(piece)
    others = draft.pieces.exclude(pk=piece.pk).exclude(submission=None)
    if others.exists() and dataset is None and piece.name:
        words = {**words, "title": f"{words['title']}: {piece.name}"[:200]}
    sent = gatekeeping.send(
        sealed,
        caller=caller,
        person=person,
        organisation=draft.organisation,
        description=words,
        dataset=dataset,
    )
    with transaction.atomic():
        current = Piece.objects.select_for_update().filter(pk=piece.pk).first()
        overtaken = current is not None and current.submission_id != (before.pk if before else None)
        if not overtaken:
            piece.submission, piece.name = sent, ""
            piece.save()
            Draft.objects.filter(pk=draft.pk).update(changed_at=timezone.now(), words={})
    _give_up(sent if overtaken else before, caller)
    if overtaken:
        raise Invalid(
            {"message": [_("Berkas ini baru saja diganti oleh kiriman lain. Ulangi dengan isinya sekarang.")]}
        )
    return sent


def _sent(piece: Piece, sealed: Sealed, *, caller: Caller, person: Person) -> dict[str, Any]:
    if sealed.name.rpartition("/")[2].lower() == DESCRIPTOR:
        return _looked_at(piece, sealed, caller=caller, person=person)
    piece.rows = False
    take(sealed, piece, caller=caller, person=person)
    return drafts.resource(piece)


def _looked_at(piece: Piece, sealed: Sealed, *, caller: Caller, person: Person) -> dict[str, Any]:
    """The description of a data package passes the gate like any file, and is not kept: Lumbung writes its own."""
    words = drafts.words_of(piece.draft)
    sent = gatekeeping.send(
        sealed, caller=caller, person=person, organisation=piece.draft.organisation, description=words
    )
    told = drafts.resource(Piece(draft=piece.draft, pk=piece.pk, name=DESCRIPTOR))
    because = _("Uraian paket data: diperiksa, tidak disimpan; Lumbung menulisnya sendiri.")
    shred(sent, by=caller.by, because=because)
    return {**told, "gate": {"state": "not-kept"}}


def _change(caller: Caller, told: Given, *, whole: bool) -> dict[str, Any]:
    person = caller.sender
    draft = draft_of(person, needed(told, "id", "name"))
    gatekeeping.check_words(told)
    words = described(told, known=drafts.words_of(draft), whole=whole)
    known = drafts.known_of(draft)
    announced = _announced(told)
    pieces = [piece.submission for piece in draft.pieces.exclude(submission=None).select_related("submission")]
    open_ones = [one for one in pieces if one and one.state in EDITABLE]
    for one in open_ones:
        describe(one, by=caller.by, description=words)
    kept = {} if open_ones else {name: said for name, said in words.items() if said and said != known[name]}
    with transaction.atomic():
        Draft.objects.filter(pk=draft.pk).update(words=kept, changed_at=timezone.now())
        _announce(draft, announced)
    draft.refresh_from_db()
    return drafts.package(draft)


def draft_of(person: Person, name: str) -> Draft:
    """The draft, or the one that goes on with a published dataset of an organisation of theirs. Raise NotThere."""
    draft = drafts.own_draft(person, name)
    dataset = drafts.published_as(draft) if draft and not draft.dataset else packages.dataset_named(name)
    if draft is not None and (draft.dataset is not None or dataset is None):
        return draft
    if dataset is None:
        raise NotThere
    return _going_on(person, dataset, draft)


def _going_on(person: Person, dataset: Dataset, draft: Draft | None) -> Draft:
    if not holds(person, Role.PRODUSEN, dataset.organisation):
        raise NotAllowed("User not authorized to edit package")
    draft = draft or drafts.draft_behind(dataset)
    if draft is not None:
        return draft
    taken = Draft.objects.filter(organisation=dataset.organisation, name=dataset.slug).exists()
    name = f"{dataset.slug[:110]}-{dataset.pk}" if taken else dataset.slug
    made = {"person": person, "organisation": dataset.organisation, "name": name}
    return Draft.objects.get_or_create(dataset=dataset, defaults=made)[0]


def _goes_on_with(piece: Piece) -> Dataset | None:
    """What its next file is a release of: the dataset it became, what the file it replaces was for, or what the draft
    became."""
    before = piece.submission
    if before is not None and before.state != State.PUBLISHED:
        return before.dataset
    if before is not None:
        return drafts.became(piece) or piece.draft.dataset
    return piece.draft.dataset or drafts.published_as(piece.draft)


def piece_of(person: Person, number: str) -> Piece:
    """A resource of a draft, or a new one for a published resource. Raise NotThere."""
    if piece := drafts.own_piece(person, number) or drafts.pending_piece(person, number):
        return piece
    found = packages.file_named(number)
    if found is None:
        raise NotThere
    return Piece(draft=_going_on(person, found[0].dataset, None), resource=number)


def _announced(told: Given) -> list[dict[str, Any]]:
    """The resources of a package, for which a file is still to come. Raise Invalid for a link to one elsewhere."""
    resources = dictionaries(told, "resources", most=MOST_PIECES)
    for one in resources:
        _check_no_link(one)
    return resources


def _announce(draft: Draft, resources: list[dict[str, Any]]) -> None:
    """A place for each file to come, under the id that the program gave it: it will send the file to that id."""
    for one in resources[: max(0, MOST_PIECES - draft.pieces.count())]:
        number = _own_id(one)
        if number is None or not Piece.objects.filter(pk=number).exists():
            Piece.objects.create(draft=draft, name=text(one, "name")[:200], **({"pk": number} if number else {}))


def _own_id(one: Mapping[str, Any]) -> UUID | None:
    try:
        return UUID(text(one, "id"))
    except ValueError:
        return None


def _check_no_link(told: Mapping[str, Any]) -> None:
    if text(told, "url").strip() and text(told, "url_type") not in ("upload", "datastore"):
        raise wrong("url", _("Tautan ke tempat lain tidak disimpan. Kirim berkasnya (upload) supaya diperiksa."))


def _give_up(submission: Submission | None, caller: Caller) -> None:
    """Destroy what was sent and is not published; what a worker is reading at this moment is refused as taken."""
    if submission is None or submission.state in (State.PUBLISHED, State.SHREDDED):
        return
    if submission.state in SHREDDABLE:
        shred(submission, by=caller.by, because=_("Diganti atau dibatalkan lewat API oleh pengirimnya."))
