"""The paper form that lies beside a tablet: the same questions, one page a language."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from charter import offices
from charter.feedback import questions
from portal.core import pdf
from portal.core.languages import LANGUAGES, current


def form(request: HttpRequest, code: str) -> HttpResponse:
    """A PDF for one institution; the page in the reader's language comes first."""
    languages = sorted(LANGUAGES, key=lambda language: language != current())
    pages = [(language, office) for language in languages if (office := offices.office_with_code(code, language))]
    if not pages:
        raise Http404(code)
    context = {"pages": pages, "typed": questions.Typed(), "faces": questions.FACES}
    return pdf.served(request, "feedback/kiosk/paper.html", context, name=f"form-{code}.pdf")
