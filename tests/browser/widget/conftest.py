"""The service, a page on another origin, and the widget in it."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from rag.answer import Answerer
from rag.wire import answer_json
from tests.browser.conftest import Visit, Watched
from tests.browser.site import serving, serving_app
from tests.browser.widget.embedded import EXAMPLES, QUESTION, Places, offer
from tests.browser.widget.hosts import Hosts


@pytest.fixture(scope="session")
def places(answerer: Answerer) -> Iterator[Places]:
    """A service that allows one other origin, and that origin."""
    hosts = Hosts()
    with (
        serving_app(hosts) as host,
        serving(answerer, allowed_origins=(host,)) as site,
    ):
        yield Places(site, host, hosts)


Embed = Callable[..., Watched]


@pytest.fixture
def embed(places: Places, visit: Visit) -> Embed:
    """Open a host page with the widget's tag in it."""

    def opened(
        tag: str = "data-open",
        *,
        body: str = "",
        head: str = "",
        lang: str = "zh-CN",
        policy: str = "",
        before: Callable[[Page], None] | None = None,
        host: str | None = None,
        **options: Any,
    ) -> Watched:
        one = visit(**options)
        hosts = places.hosts
        hosts.body = f'{body}<script src="{places.site}/widget.js" {tag}></script>'
        hosts.head, hosts.lang, hosts.html = head, lang, ""
        hosts.policy = policy.format(site=places.site)
        offer(one.page, EXAMPLES)
        if before is not None:
            before(one.page)
        one.page.goto(host or places.host)
        return one

    return opened


@pytest.fixture(scope="session")
def told(answerer: Answerer) -> dict[str, Any]:
    """A real answer, as the service sends it."""
    return answer_json(answerer.ask(QUESTION))


@pytest.fixture
def answer(told: dict[str, Any]) -> dict[str, Any]:
    """The same, to be changed."""
    return copy.deepcopy(told)
