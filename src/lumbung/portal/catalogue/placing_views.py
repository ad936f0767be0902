"""The desk pages about places: what a place says of itself, and the import of a regency's districts and villages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lumbung.portal.accounts.models import Organisation, OrganisationKind
from lumbung.portal.accounts.permissions import check_manages_people, person_of
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.regions import take_in
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.catalogue.models import PlacePage
from lumbung.portal.catalogue.permissions import MAY_TELL
from lumbung.portal.catalogue.place_forms import PlaceForm, RegencyForm
from lumbung.portal.catalogue.place_queries import datasets_about, pinned_of
from lumbung.portal.catalogue.placing import tell as tell_of
from lumbung.portal.catalogue.queries import visible

PAGES = {
    OrganisationKind.VILLAGE: "catalogue:village",
    OrganisationKind.DISTRICT: "catalogue:district",
    OrganisationKind.REGENCY: "catalogue:regency",
}


@login_required
def tell(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a place's own page; 404 for a place that is not the person's, and for one that does not exist."""
    me = person_of(request)
    place = organisations_where(me, *MAY_TELL).filter(slug=slug, kind__in=PAGES).exclude(kode="").first()
    if place is None:
        raise Http404
    page = PlacePage.objects.filter(organisation=place).first() or PlacePage(organisation=place)
    pinned = [dataset.pk for dataset in pinned_of(place)]
    about = visible().filter(pk__in=[dataset.pk for dataset in datasets_about(place)])
    form = PlaceForm(request.POST or None, instance=page, initial={"pinned": pinned}, datasets=about)
    if request.method == "POST" and form.is_valid():
        office = {name: form.cleaned_data[name] for name in PlaceForm.Meta.fields}
        tell_of(place, person=me, by=actor_of(request), office=office, pinned=form.cleaned_data["pinned"])
        messages.success(request, _("Halaman ini sudah diperbarui."))
        return redirect(PAGES[OrganisationKind(place.kind)], place.kode)
    return render(request, "catalogue/tell.html", {"form": form, "place": place})


@login_required
def take_regions(request: HttpRequest) -> HttpResponse:
    """Add what is missing below a regency; says how many, and which codes the list no longer knows."""
    me = person_of(request)
    check_manages_people(me)
    form = RegencyForm(request.POST or None, person=me)
    taken = None
    if request.method == "POST" and form.is_valid():
        regency: Organisation = form.cleaned_data["regency"]
        taken = take_in(regency, by=actor_of(request))
    return render(request, "catalogue/take_regions.html", {"form": form, "taken": taken})
