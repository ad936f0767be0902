"""The basket that every door fills."""

from lumbung.document import Passage, Place
from lumbung.read.harvest import Harvest
from lumbung.read.limits import Limits


def test_halves_of_letters_become_signs_of_damage_and_the_rest_stays() -> None:
    harvest = Harvest(limits=Limits())
    harvest.say([Passage(place=Place(), text="harga \udcff 12"), Passage(place=Place(), text=" ")])
    (passage,) = harvest.passages
    assert passage.text == "harga ? 12"
