import pytest

from leadscore.reference import LANGUAGES_TOLD, spam_key, spam_points, spam_words, stop_words, words_of


def test_the_words_of_a_text_are_folded_and_bare():
    assert words_of("L'Été, à 100 % — don’t!") == ["l", "ete", "a", "100", "don", "t"]
    assert words_of("") == []


@pytest.mark.parametrize(
    ("text", "key"),
    [("Première page de Google !", "premiere page de google"), ("bit.ly", "bit ly"), ("SEO", "seo"), ("!", "")],
)
def test_a_spam_word_is_compared_by_its_key(text, key):
    assert spam_key(text) == key


def test_every_spam_word_is_its_own_key_and_has_points():
    assert {spam_key(word) for word in spam_points()} == set(spam_points()) == spam_words()
    assert set(spam_points().values()) == {10, 20, 30, 40, 50}


def test_words_that_buyers_say_weigh_little_and_words_that_they_never_say_much():
    points = spam_points()
    assert max(points[word] for word in ("seo", "google ads", "referencement naturel")) <= 10
    assert max(points[word] for word in ("casino", "crypto", "rachat de credit", "unsubscribe")) <= 20
    assert min(points[word] for word in ("viagra", "guest post", "rank your website", "votre site merite")) >= 40


def test_stop_words_say_the_languages_that_use_them():
    assert stop_words()["de"] == ("dutch", "french", "portuguese", "spanish")
    assert stop_words()["bonjour"] == ("french",)
    assert {language for languages in stop_words().values() for language in languages} == set(LANGUAGES_TOLD)
    assert all(words_of(word) == [word] for word in stop_words())
