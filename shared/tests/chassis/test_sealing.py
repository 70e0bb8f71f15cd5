"""Keys are derived for each use, and values of a former SECRET_KEY or of no derivation stay readable."""

import base64
import hmac
from hashlib import sha256

import pytest
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from shared.chassis.sealing import CannotOpen, KeyedHash, Seal, SealingSettings, SecretKeys

OLD, NEW = "o" * 32, "n" * 32
PURPOSE = "a use"


def test_keys_are_those_of_hkdf() -> None:
    expected = HKDF(SHA256(), 32, salt=None, info=b"gapless a use").derive(OLD.encode())
    assert SecretKeys(OLD).derived(PURPOSE) == [expected]


def test_each_use_has_its_own_key() -> None:
    keys = SecretKeys(OLD)
    sealed = Seal(keys, PURPOSE).seal(b"value")
    with pytest.raises(CannotOpen):
        Seal(keys, "another use").open(sealed)
    assert KeyedHash(keys, PURPOSE).of(b"value") != KeyedHash(keys, "another use").of(b"value")


def test_a_value_of_a_former_key_can_be_opened_and_a_new_one_is_sealed_with_the_new_key() -> None:
    sealed = Seal(SecretKeys(OLD), PURPOSE).seal(b"value")
    changed = Seal(SecretKeys(NEW, f"unrelated-{OLD} {OLD}"), PURPOSE)
    assert changed.open(sealed) == b"value"
    assert Seal(SecretKeys(NEW), PURPOSE).open(changed.seal(b"value")) == b"value"


def test_a_value_sealed_with_an_unknown_key_cannot_be_opened() -> None:
    sealed = Seal(SecretKeys(OLD), PURPOSE).seal(b"value")
    with pytest.raises(CannotOpen):
        Seal(SecretKeys(NEW), PURPOSE).open(sealed)
    with pytest.raises(CannotOpen):
        Seal(SecretKeys(OLD), PURPOSE).open(sealed[:-9])


@pytest.mark.parametrize("keys", [SecretKeys(OLD), SecretKeys(NEW, OLD)])
def test_what_was_stored_before_keys_were_derived_stays_readable(keys: SecretKeys) -> None:
    before = Fernet(base64.urlsafe_b64encode(sha256(OLD.encode()).digest())).encrypt(b"value")
    assert Seal(keys, PURPOSE).open(before) == b"value"
    assert hmac.new(OLD.encode(), b"value", sha256).digest() in KeyedHash(keys, PURPOSE).known(b"value")


def test_a_former_key_may_contain_spaces() -> None:
    sealed = Seal(SecretKeys("five words make one key"), PURPOSE).seal(b"value")
    assert Seal(SecretKeys(NEW, "five words make one key\n"), PURPOSE).open(sealed) == b"value"


def test_the_known_hashes_begin_with_the_newest() -> None:
    hashes = KeyedHash(SecretKeys(NEW, OLD), PURPOSE)
    assert hashes.known(b"value")[0] == hashes.of(b"value")
    assert KeyedHash(SecretKeys(OLD), PURPOSE).of(b"value") in hashes.known(b"value")


def test_the_settings_give_the_keys() -> None:
    settings = SealingSettings.example().model_copy(update={"secret_key_previous": None})
    assert settings.secret_keys().underived == [settings.secret_key.get_secret_value().encode()]
