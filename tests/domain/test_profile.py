from course.domain.profile import Position, Profile, Size, Trade, Worry


def test_a_profile_is_stored_and_given_back() -> None:
    profile = Profile(Position.BOSS, Size.SMALL, Trade.BAKER, Worry.VIRUS)

    assert Profile.from_dict(profile.to_dict()) == profile
    assert Profile.from_dict({}) == Profile()


def test_a_word_no_longer_known_is_unknown() -> None:
    assert Profile.from_dict({"trade": "miner", "size": 3}) == Profile()
