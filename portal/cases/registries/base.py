"""The port to a back-office case registry.

Whoever implements it may not be believed: callers check that each object belongs to its person, and a registry that
can't answer raises `Away` – it never answers with an empty list instead.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from portal.cases.registries.care import Act, NewWord, Programme, Visit
from portal.cases.registries.facts import (
    Capability,
    CaseState,
    Changes,
    Contact,
    Document,
    File,
    KnownType,
    NewAnswer,
    NewCase,
    NewDocument,
    NewEnquiry,
    NewNote,
    PersonLink,
)


class RegistryTrouble(Exception):
    """Something about a call to the registry went wrong."""


class Away(RegistryTrouble):
    """The registry can't answer now – down, too slow, or talking nonsense. Worth another try."""


class NotThere(RegistryTrouble):
    """There is no such thing for this person; the registry is well."""


class Refused(RegistryTrouble):
    """The registry will not do this, now or later; the text is for staff."""


class CaseRegistry(ABC):
    """One case registry. Every method may raise Away; those with an id raise NotThere.

    `is_here`: it runs in this process on this database, so that its answers need no time limit from outside.
    Whatever is sent carries a key: sending it twice has the effect of sending it once.
    """

    is_here = False

    @abstractmethod
    def open_case(self, new: NewCase) -> CaseState:
        """Register a request; the same key gives the case that is there."""

    @abstractmethod
    def get_case(self, case: str, *, person: PersonLink) -> CaseState:
        """One case of one person."""

    @abstractmethod
    def cases_of(self, person: PersonLink) -> tuple[CaseState, ...]:
        """All cases of one person, newest first."""

    @abstractmethod
    def add_note(self, case: str, note: NewNote) -> None:
        """Write into the case's file."""

    @abstractmethod
    def add_document(self, case: str, document: NewDocument) -> Document:
        """Put a paper into the case's file; the same key gives the one that is there."""

    @abstractmethod
    def documents(self, case: str, *, person: PersonLink) -> tuple[Document, ...]:
        """Papers of the case that the person may read."""

    @abstractmethod
    def open_document(self, document: str, *, person: PersonLink) -> File:
        """One paper that the person may read."""

    @abstractmethod
    def contacts(self, case: str, *, person: PersonLink) -> tuple[Contact, ...]:
        """What was said and written about the case, as far as it is meant for the person."""

    @abstractmethod
    def ask_person(self, case: str, enquiry: NewEnquiry) -> None:
        """Ask the person for something; the case waits for them until it comes. Raises Refused when it has ended."""

    @abstractmethod
    def answer_request(self, case: str, answer: NewAnswer) -> None:
        """Hand in what the office asked the person for."""

    @abstractmethod
    def withdraw(self, case: str, *, person: PersonLink, key: str) -> None:
        """The person no longer wants it. Raises Refused when it has been decided."""

    @abstractmethod
    def changes(self, since: str) -> Changes:
        """Cases that changed after the cursor `since` ("" is the beginning)."""

    @abstractmethod
    def check(self) -> str:
        """A word for people that says the registry is well; raises Away when it is not."""

    def programme(self, case: str, *, person: PersonLink) -> Programme | None:
        """What is to be done for the person because of this case; None when there is no programme (yet)."""
        raise NotThere(case)

    def visits(self, case: str, *, person: PersonLink) -> tuple[Visit, ...]:
        """The last month's visits of the case's programme and those planned for the next days, by day."""
        raise NotThere(case)

    def acts(self, case: str, *, person: PersonLink) -> tuple[Act, ...]:
        """What was done in each closed month, newest first."""
        raise NotThere(case)

    def confirm_visit(self, case: str, word: NewWord) -> None:
        """Hear what the person says of a visit, once. Raises Refused when they said something else before."""
        raise NotThere(case)

    def case_types(self) -> tuple[KnownType, ...]:
        """The types of case that may be opened here, with their terms and statuses."""
        return ()

    def report(self) -> tuple[str, ...]:
        """How the link stands, line by line, for whoever sets it up. Raises RegistryTrouble when it does not work."""
        return (self.check(),)

    def capabilities(self) -> frozenset[Capability]:
        """What this registry can do beyond the least."""
        return frozenset()
