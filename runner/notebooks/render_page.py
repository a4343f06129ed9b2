"""Render an executed notebook to one page that may be shared: no script, nothing fetched, fit for readers who don't read code.

A page begins with its title, how it came about, the parameters that differ from their defaults, and links to its
sections. Code is folded away; prose, tables and charts are what a reader sees. Equal notebooks give equal pages: the
clock is not read here.
"""

import json
import os
import re
from copy import deepcopy
from pathlib import Path

# A form of a cell's result that says which parameters differ from their defaults (see lib/feature/parameters.ts).
CHANGED = "application/vnd.deepscan.changed-parameters+json"
# What a page may show of an output.
PICTURES_AND_TEXT = {"image/svg+xml", "image/png", "image/jpeg", "text/plain"}
TAGS = ["a", "b", "br", "caption", "code", "details", "div", "dd", "dl", "dt", "em", "h1", "h2", "h3", "h4", "hr", "i", "li", "ol"]
TAGS += ["p", "pre", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"]
ATTRIBUTES = ["class", "colspan", "rowspan", "scope", "title"]
ROOT = Path(__file__).resolve().parent.parent.parent
FEWEST_LINKS = 3  # sections that are worth a list of links
WIDE = 8  # columns from which a table needs care to fit on paper
SHORT = 14  # rows up to which it isn't divided there


def render(notebook, name, path, facts=()):
    """Writes the page in one step: a reader never sees half of it.

    facts: pairs of what and how, said at the head of the page.
    """
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        template_name="report",
        extra_template_basedirs=[str(Path(__file__).resolve().parent / "templates")],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    exporter.register_filter("harmless_html", harmless_html)
    exporter.register_filter("sentence_of", sentence_of)
    exporter.register_filter("stack_of", stack_of)
    changed = changed_parameters(notebook)
    notebook = harmless(notebook)
    notebook.metadata["title"] = notebook.metadata.get("title") or take_title(notebook) or name
    about = {"facts": list(facts), "changed": changed}
    page, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": name}, "about": about})
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(accessible(page), encoding="utf-8")
    part.replace(path)


def changed_parameters(notebook):
    """Name and value of the parameters that differ from their defaults; None where the notebook has no parameters."""
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        changed = output.get("data", {}).get(CHANGED)
        if changed is not None:
            return [(key, json.dumps(value, ensure_ascii=False)) for key, value in changed.items()]
    return None


def harmless(notebook):
    """A copy whose outputs hold nothing but what a page may show. Text from logs is in there; the page's policy forbids scripts anyway."""
    notebook = deepcopy(notebook)
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        if "data" not in output:
            continue
        for kind in list(output.data):
            if kind in ("text/html", "text/markdown"):
                output.data[kind] = harmless_html(output.data[kind])
            elif kind not in PICTURES_AND_TEXT:
                del output.data[kind]
    return notebook


def harmless_html(text):
    from bleach import clean

    return clean(text, tags=TAGS, attributes={"*": ATTRIBUTES}, strip=True)


def take_title(notebook):
    """Takes the first heading out of its cell: it stands at the head of the page. None where there is none."""
    for cell in notebook.cells:
        found = re.search(r"^#\s+(.+)$", cell.source, re.MULTILINE) if cell.cell_type == "markdown" else None
        if found:
            cell.source = cell.source[: found.start()] + cell.source[found.end() :]
            return found.group(1).strip()
    return None


def error_text(output):
    """An error as people want to read it: what and, where the kernel says it, the rest of the stack without its colours."""
    text = output.evalue if output.ename in ("UncaughtError", "<unknown>") else f"{output.ename}: {output.evalue}"
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def sentence_of(output):
    """What an error says, without where."""
    return re.split(r"\n\s+at ", error_text(output), maxsplit=1)[0]


def stack_of(output):
    """Where an error was thrown, a line for each place; nothing of the machine that it ran on."""
    lines = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(output.traceback)).split("\n")
    places = [line.strip() for line in lines if re.match(r"\s+at ", line) and "ext:" not in line]
    return "\n".join(places).replace(f"file://{ROOT}/", "")


def accessible(page):
    """The page with ids for its headings, links to them, and tables that say what their headers are about."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(page, "html.parser")
    taken = set()
    for heading in soup.main.find_all(["h2", "h3", "h4"]):
        heading["id"] = unused(slug(heading.get_text()), taken)
    fill_contents(soup)
    for table in soup.find_all("table"):
        rows = table.find_all("tr")
        sizes = {"wide": rows and len(rows[0].find_all(["th", "td"])) >= WIDE, "short": len(rows) <= SHORT}
        table["class"] = [*table.get("class", []), *(name for name, fits in sizes.items() if fits)]
    for header in soup.find_all("th"):
        header["scope"] = header.get("scope") or ("col" if header.find_parent("thead") else "row")
        if not header.get_text(strip=True):  # the empty corner of a table
            header.name = "td"
            del header["scope"]
    for box in soup.select(".output, .prose, details.code pre"):
        if box.name == "pre" or box.find(["table", "pre"]):
            box["tabindex"] = "0"  # what may be wider than the page can be scrolled without a mouse
    return str(soup)


def fill_contents(soup):
    contents, headings = soup.find(id="contents"), soup.main.find_all("h2")
    if len(headings) < FEWEST_LINKS:
        contents.decompose()
        return
    for heading in headings:
        link = soup.new_tag("a", href=f"#{heading['id']}")
        link.string = heading.get_text()
        item = soup.new_tag("li")
        item.append(link)
        contents.ol.append(item)


def slug(text):
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-") or "section"


def unused(name, taken):
    """The name, or the name with a number."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found)
    return found
