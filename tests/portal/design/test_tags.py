"""The tag library: what it draws, what it refuses, and that nothing it draws breaks the policy of the site."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from lumbung.portal.design.badges import BADGES, badge_of
from lumbung.portal.design.shapes import SHAPES


def draw(source, **context):
    return Template("{% load design %}" + source).render(Context(context))


class Letter(forms.Form):
    title = forms.CharField(label="Judul", help_text="Singkat saja.")
    kind = forms.ChoiceField(label="Jenis", choices=[("a", "Satu")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Setuju", required=False)


def test_an_unknown_state_is_a_bug_and_not_an_empty_badge():
    with pytest.raises(KeyError):
        badge_of("entah")


def test_every_state_of_the_contract_has_a_badge():
    states = "open review hold received inspecting held in_review approved rejected published shredded"
    reports = {"waiting", "closed", "left-open"}
    copies = "asked making ready declined failed made offered returned destroyed revoked"
    requests = "arrived working collect done unfit"
    shelf = {"quarantined", "withdrawn", "removed"}
    assert set(BADGES) == {*states.split(), *shelf, *reports, *copies.split(), *requests.split()}


@pytest.mark.parametrize("state", BADGES)
def test_a_badge_speaks_by_word_and_shape(state):
    drawn = draw("{% state_badge state %}", state=state)
    assert str(BADGES[state].word) in drawn
    assert str(SHAPES[BADGES[state].shape]) in drawn


@pytest.mark.parametrize("tone", ["grows", "waits", "closed", "past"])
def test_no_two_meanings_share_colour_and_shape(tone):
    looks = {(badge.shape, str(badge.word)) for badge in BADGES.values() if badge.tone == tone}
    assert len({word for _, word in looks}) >= len({shape for shape, _ in looks})


def test_what_a_person_typed_is_never_markup():
    drawn = draw("{% empty_state t t '/' t %}{% notice 'waits' t %}{% endnotice %}", t="<script>x</script>")
    assert "<script" not in drawn


def test_a_field_is_tied_to_its_help_and_its_errors():
    drawn = draw("{% field form.title %}", form=Letter({"title": ""}))
    described = re.search(r'<input[^>]*aria-describedby="([^"]+)"', drawn).group(1).split()
    assert 'aria-invalid="true"' in drawn
    assert all(f'id="{name}"' in drawn for name in described)
    assert len(described) == 2


def test_a_choice_is_a_group_with_a_name():
    drawn = draw("{% field form.kind %}", form=Letter())
    assert "<fieldset" in drawn
    assert "<legend" in drawn


def test_errors_above_the_form_lead_to_their_fields():
    drawn = draw("{% form_errors form %}", form=Letter({}))
    assert 'href="#id_title"' in drawn
    assert 'role="alert"' in drawn


def test_a_form_without_errors_has_no_notice():
    assert draw("{% form_errors form %}", form=Letter()).strip() == ""


def test_pages_keep_the_search():
    request = RequestFactory().get("/?kata=sawah&page=2")
    drawn = draw("{% pagination page %}", page=Paginator(range(100), 10).page(2), request=request)
    assert 'href="?kata=sawah&amp;page=3"' in drawn
    assert 'aria-current="page"' in drawn


def test_a_single_page_has_no_links():
    request = RequestFactory().get("/")
    assert draw("{% pagination page %}", page=Paginator([1], 10).page(1), request=request).strip() == ""


def test_a_confirmed_act_carries_the_token_and_its_extra_fields():
    request = RequestFactory().get("/")
    drawn = draw("{% confirm '/tutup' 'Tutup' 'closed' %}<b>isi</b>{% endconfirm %}", request=request)
    assert "csrfmiddlewaretoken" in drawn
    assert "<b>isi</b>" in drawn
    assert 'method="post" action="/tutup"' in drawn


def test_progress_without_a_value_is_under_way():
    assert "value=" not in draw("{% progress_bar None 10 'Memeriksa' %}")
    assert 'value="4"' in draw("{% progress_bar 4 10 'Memeriksa' %}")
