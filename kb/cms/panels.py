"""Parts of the editing screens: the way to an article's record, where a fact is used, a question brought along."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel
from wagtail.snippets.views.snippets import CreateView

from kb import uses
from kb.models import Fact, LegalAct
from portal.core.languages import columns


class RecordPanel(Panel):
    """A link to everything about the article that is not its text."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "kb/cms/record_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)


class UsesPanel(Panel):
    """Every text that shows this: a change of it is seen there at once."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "kb/cms/uses_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            if isinstance(self.instance, Fact):
                context["uses"] = uses.of_fact(self.instance.code)
            elif isinstance(self.instance, LegalAct):
                context["uses"] = uses.of_act(self.instance)
            else:
                context["uses"] = uses.of_base(self.instance.code)
            return context


class PrefilledCreate(CreateView):
    """A new article with the question that was looked for first, and whoever writes it as its owner."""

    def get_initial_form_instance(self) -> Any:
        instance = super().get_initial_form_instance() or self.model()
        for name in columns(("title",)):
            if name in self.request.GET:
                setattr(instance, name, self.request.GET[name][:200])
        instance.owner = self.request.user
        return instance
