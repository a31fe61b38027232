"""Why something is not done: a word for programs, and the sentence people read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core.templatetags.parama import in_figures


class Refused(ValueError):
    """It is not done. `why`: a key of SENTENCES; `field`: where on the form; facts fill the sentence."""

    def __init__(self, why: str, *, field: str = "", **facts: Any) -> None:
        super().__init__(why)
        self.why, self.field, self.facts = why, field, facts

    @property
    def sentence(self) -> str:
        """What to tell the person, in the language of the page."""
        said = {name: in_figures(fact) if isinstance(fact, dt.date) else fact for name, fact in self.facts.items()}
        return str(SENTENCES[self.why]) % said


SENTENCES: dict[str, Any] = {
    # People
    "code_is_taken": _("This personal code already belongs to %(name)s. Open that record instead."),
    "merging_with_itself": _("A record cannot be merged with itself. Choose the other one."),
    "another_code": _("Both records have a personal code, and the codes differ. They are two people."),
    "merged_already": _("One of these records was merged meanwhile. Look for the person again."),
    "both_have_it": _("Both records have something that one person can have only once on that day or in that month."),
    "both_have_programmes": _("Both records have a programme for the same days. End one of them first."),
    "no_reason": _("Write why. The reason goes on record."),
    "income_begins_twice": _("An income from that day is already written down. Change the day."),
    "person_is_not_here": _("This person is not among your department’s recipients."),
    # Exchange
    "not_in_that_encoding": _("The file is not written in %(encoding)s. Choose a profile with its encoding."),
    "file_is_broken": _("The file cannot be read as %(format)s. Open it, save it again and send that."),
    "file_unpacks_too_large": _("The file unpacks to far more than it is. Send it in parts."),
    "file_names_entities": _("The file names document types or entities, which are not read. Save it without them."),
    "file_too_large": _("The file is larger than %(most)s MB. Send it in parts."),
    "file_is_not_ready": _("This file was loaded already, or has mistakes. Check the file again."),
    "columns_are_missing": _("These columns are not in the file: %(columns)s."),
    "too_many_rows": _("There are more than %(most)s rows. Send them in parts."),
    "cell_is_empty": _("There is nothing in the cell. It is needed in every row."),
    "cell_too_long": _("The cell is longer than %(most)s signs."),
    "cell_is_no_day": _("This is no day. Write the day as year-month-day, for example 2026-12-04."),
    "cell_is_no_hour": _("This is no time of day. Write it as 09:30."),
    "cell_is_no_number": _("This is no whole number."),
    "cell_is_no_mail": _("This is no e-mail address."),
    "cell_is_no_code": _("This word is not in the profile’s list. Add it there, or correct the cell."),
    "person_is_elsewhere": _("This person belongs to another department."),
    "person_is_unknown": _("This person is not in the registry. Send in the recipients first."),
    "several_are_alike": _("Several people have this name and day of birth. Write the personal code."),
    "worker_is_unknown": _("Nobody of the department signs in with this name."),
    "no_such_letters": _("Not every letter can be written in %(encoding)s. Choose UTF-8 in the profile."),
    "profile_lacks_columns": _("Name the columns that every row needs, and the code or the name of the person."),
    "profile_names_a_column_twice": _("One column stands beside two fields. Each needs its own."),
    # The law
    "no_purpose": _("Choose why you open the record."),
    "purpose_in_words": _("Write in a few words why you open the record."),
    "record_is_restricted": _(
        "This record is restricted since %(day)s. It may be kept, and nothing in it may be changed."
    ),
    "restricted_already": _("The record is restricted already."),
    "not_restricted": _("The record is not restricted any more."),
    "no_ground": _("Choose the ground."),
    "care_goes_on": _("A case is open or a programme runs until %(day)s. End it first."),
    "prepared_already": _("The erasure is prepared already and waits for a second person."),
    "erased_already": _("There is nothing left in this record that may be erased now."),
    "erasure_is_settled": _("This erasure was confirmed or called off already."),
    "second_person_erases": _("You prepared this erasure. A second person must look at it and confirm it."),
    "no_consent": _("There is no consent of this person on paper. Have it signed first."),
    "consent_stands": _("A consent of this person is there already."),
    "no_consent_to_withdraw": _("There is no consent that could be withdrawn."),
    "consent_in_the_future": _("The day lies in the future. Check it."),
    "reason_of_that_code": _("There is a reason of that name already."),
    # Posts
    "nobody_of_that_name": _("Nobody signs in with that name."),
    "ones_own_post": _("Nobody changes their own post. Ask another head."),
    "no_such_role": _("Choose a role."),
    "another_department": _("You give posts in your own department only."),
    "no_group_yet": _("No group can be told yet: questions without an answer that can be counted: %(missing)s."),
    "ones_own_assessment": _("You asked these questions first. Another assessor answers them a second time."),
    "looked_already": _("You have seen the answers. Somebody who has not answers the questions a second time."),
    "second_is_there": _("A second assessor has answered already."),
    "not_of_the_two": _("What both agree on is written down by one of the two assessors."),
    "no_other_group": _("Choose a group other than the present one."),
    "proposal_is_open": _("A proposed group already waits for its second signature."),
    "proposal_is_closed": _("This proposal has been signed or refused already."),
    "not_your_signature": _("The second signature is another person’s."),
    "a_later_assessment": _("A later assessment has been made. Open that one."),
    # Programmes
    "case_is_not_granted": _("The case is not decided in the person’s favour yet. Decide it first."),
    "no_decision": _("Choose the case whose decision the programme rests on."),
    "ends_before_it_begins": _("The last day is before the first. Change one of them."),
    "no_services": _("Choose at least one service, and say how many times and how long."),
    "no_rule": _("Choose the rule by which the person pays."),
    "programme_is_signed": _("The programme has been signed. Change it by a new version."),
    "programme_is_not_in_force": _("The programme is not in force."),
    "there_is_a_draft": _("There is a draft of the next version already. Change that one."),
    "version_begins_too_early": _("The new version must begin after %(day)s, when the present one began."),
    "programmes_overlap": _("Programme %(number)s already runs from %(since)s to %(until)s. Two cannot run at once."),
    "income_is_unknown": _("The person pays by income, and no income is written down. Write it down first."),
    "no_tariff": _("There is no price for “%(service)s” on %(day)s. Set a tariff first."),
    "outside_the_programme": _("The programme runs from %(since)s to %(until)s. Choose a day within it."),
    "suspended_already": _("The programme already stands still on some of these days."),
    "not_suspended": _("The programme does not stand still."),
    "resumes_too_early": _("It can go on after %(day)s at the earliest, the day it began to stand still."),
    "visits_were_made": _("Visits were made on some of these days. Choose a later day, or strike those visits out."),
    # Week plans
    "plan_is_signed": _("This week has been signed already."),
    "plan_cannot_be": _("The week cannot be like this. Change what is marked below first."),
    "plan_needs_a_reason": _("Not everything goes together. Write why the week is signed all the same."),
    "package_begins_twice": _("The hours of this group from that day are already set."),
    # Visits
    "visit_in_the_future": _("The visit lies in the future. Check the day and the hour, and the clock of the device."),
    "visit_too_long": _("A visit lasts from 1 minute to 12 hours. Check the minutes."),
    "minutes_do_not_fit": _("The services together take longer than the visit of %(minutes)s minutes."),
    "unreadable": _("Some of it could not be read. Write minutes and times as whole numbers."),
    "no_hour": _("Write when the visit began, for example 09:30."),
    "minutes_of_each": _("More than one service by the hour is ticked. Write the minutes of each."),
    "no_outcome": _("Say how the visit went."),
    "no_programme_that_day": _("No programme of this person runs on %(day)s."),
    "programme_stands_still": _("The person’s programme stands still on %(day)s."),
    "outside_programme": _("“%(service)s” is not in the person’s programme and is no extra paid service."),
    "what_was_done": _("Tick what was done, or say that nobody opened."),
    "nothing_was_done": _("Nothing can be ticked when nobody opened or the person declined."),
    "visit_is_there": _("A visit of yours to this person at %(at)s is already written down."),
    "another_visit_has_this_id": _("Another visit was sent under this number. Look at both before one is lost."),
    "not_your_visit": _("This visit is a colleague’s. Ask the clerk or the head of the department."),
    "struck_already": _("The visit has been struck out already."),
    # Records of tablets
    "cannot_be_opened": _("This record cannot be opened here: it is damaged, or sealed for another server."),
    "not_by_the_worker": _("This record does not carry the mark of the worker’s tablet."),
    "written_after_the_wipe": _("This record was written after the tablet was to be wiped."),
    "worker_has_left": _("%(name)s no longer works here. The head of the department looks at the record."),
    "settled_already": _("Somebody has decided about this record already."),
    "no_word": _("Write in a word or two what came of it."),
    # Documents
    "unknown_field": _("The template names fields that do not exist: %(fields)s."),
    "template_does_too_much": _("A template may only name fields, repeat rows and ask whether there is something."),
    "template_is_broken": _("The template cannot be filled: %(what)s. Check its braces."),
    "file_is_refused": _("The file is not taken: %(what)s"),
    "only_docx": _("A template is a DOCX file."),
    "template_is_no_draft": _("This version is in use or was replaced. Send in a new one."),
    "programme_is_no_paper_yet": _("Documents are made once the programme is signed."),
    "no_templates": _("No template is in use yet. A clerk sends one in and puts it to use."),
    # Questions
    "question_without_name": _("Give the question a name."),
    "too_many_questions": _("You have %(many)s questions. Take one away first."),
    "form_without_name": _("Give the form a name."),
    "form_without_columns": _("Choose at least one column."),
    "question_is_no_row": _("Choose a kept question that looks back: its number stands in the row."),
    "form_is_full": _("A form has %(many)s rows at most."),
    "no_address_of_yours": _("We have no e-mail address of yours. Ask the administrator to add it."),
    "letter_with_pictures": _("A letter’s text can have no pictures: put them into the header of the page."),
    "no_letter_template": _("No template of letters is in use yet. A clerk sends one in and puts it to use."),
    "no_letters": _("Nothing falls due in %(month)s: there is nobody to write to."),
    # What is due
    "task_is_taken": _("A colleague has taken this already."),
    "nothing_came_of_it": _("Write in a word what came of it."),
    "not_due": _("This is no longer due."),
    # Months
    "month_is_closed": _("The month %(month)s is closed. The head of the department can correct it, with a reason."),
    "month_is_open": _("The month %(month)s is not closed. Change the visit itself."),
    "month_is_not_over": _("The month %(month)s is not over yet."),
    "nothing_in_the_month": _("No visit was made in %(month)s: there is nothing to close."),
    "second_pair_of_eyes": _("You prepared this month. A second person must look at it and close it."),
    "no_paper_here": _("PDF cannot be made on this server: a system library is missing."),
    "acts_are_being_made": _("The acts of this month are being made already."),
    "tariff_in_a_closed_month": _("The month %(month)s is closed: a new price can begin after it."),
    "service_is_there": _("There is one of that name already."),
    "no_base_sum": _("There is no base amount of that code. Write it down first."),
    "tariff_begins_twice": _("A price from that day is already set."),
}
