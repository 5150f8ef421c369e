#!/usr/bin/env python3
"""Phrases of web pages in many languages, with their kind, from the translations of free programs.

usage: phrases.py FOLDER > phrases.tsv      a line each: language<TAB>kind<TAB>phrase

FOLDER holds, unpacked under any name, what is found of: WordPress (`*.mo`; Debian package wordpress-l10n 6.1.9), Django
and django-allauth (`locale/*/LC_MESSAGES/*.po`; 5.2.19, 65.21.1), @docusaurus/theme-translations 3.10.2
(`locales/*/theme-common.json`), tarteaucitronjs 1.34.0 (`lang/tarteaucitron.*.js`), klaro 0.7.22 (`translations/*.yml`).
Dates are written by Babel 2.18.0 (CLDR), and are left out where it is not installed; the tables in `src/tables` were grown
with them. The phrases are grown into a table of weights; they are not passed on. Sorted, without duplicates: the same
packages give the same bytes.
"""
import datetime, gettext, json, pathlib, re, sys

# A program's own English message, or key, and the kind of the line it makes on a page.
MESSAGES = {
    "login": """Log in|Log In|Log out|Register|Lost your password?|Username|Password|Username or Email Address|Remember Me|
        Sign Up|Subscribe|Email Address|Forgotten your password or username?|Welcome,|Change password|Sign In|Sign Out|
        Forgot your password?|Sign up|Sign in|Password reset|Registration|Logout|Create an account|Email address|
        You must be logged in to post a comment.|Please log in again.""",
    "comments": """Leave a Reply|Leave a Reply to %s|Leave a Comment|Leave a comment|Post Comment|Cancel reply|Comment|Comments|
        Comments are closed.|Comments Off|No Comments|1 Comment|Your email address will not be published.|Recent Comments|
        Required fields are marked %s|Reply|Your comment is awaiting moderation.|Older Comments|Newer Comments|Add Comment|
        One comment|Enter your comment here|Notify me of new posts by email.|Says:|says:|Log in to Reply|
        You must be <a href="%s">logged in</a> to post a comment.|No Comments Yet|
        Save my name, email, and website in this browser for the next time I comment.""",
    "more": """Read more|Read More|Continue reading|Continue reading %s|(more&hellip;)|(more...)|Print|Permalink|Edit|Download|
        Expand|Show more|View all|View more|Read the rest of this entry|Edit This|Click to edit this""",
    "pagination": """Next|Previous|Next Page|Previous page|Next page|Page|Page %s|Older posts|Newer posts|Older Posts|Newer Posts|
        &laquo; Previous|Next &raquo;|Next post|Previous post|Next Post|Previous Post|Next Post:|Previous Post:|Pages:|First|Last|
        &laquo; Older Posts|Newer Posts &raquo;|Posts navigation|Post navigation|Older comments|Newer comments""",
    "navigation": """Home|Menu|Main Menu|Skip to content|Skip to main content|Archives|Contact|About|Contact Us|About Us|News|Blog|
        Sitemap|Site Map|Pages|Meta|Links|Blogroll|Recent Posts|Categories|Entries feed|Comments feed|WordPress.org|Language|
        Back to top|Primary Menu|Social Links Menu|Footer|Sidebar|Calendar|Feeds|Help|FAQ|Forums|Shop|Gallery|Support|Services|
        Documentation|View site|Proudly powered by %s|Powered by %s|Portfolio|Secondary menu|Header|Videos|Team|Latest Posts""",
    "search": """Search|Search for:|Search Results|Search &hellip;|Search results for: &#8220;%s&#8221;|Nothing Found|Filter|Sort by|
        Go|Search Results for: %s|Optional""",
    "tags": """Tags|Tags:|Tag|Category|Category:|Tag Cloud|Tagged|Posted in|Topics|Tags: %s|Filed under|Uncategorized|Categories:""",
    "byline": """Posted on|By|by|Author|Posted by|Published|Last updated|Author:|Posted|Updated|Published on: %s|by %s|Written by %s|
        Posted on %s|Date|Last modified|Published by""",
    "related": """Related|Related Posts|Popular Posts|Most Popular|Featured|Recommended|You may also like|Popular|Most Used|Latest""",
    "share": """Share|Follow|Follow us|Share this|Tweet|Social Icons|Email|Share on|Like|Follow Us|Send|Social Links|Social""",
    "legal": """Privacy Policy|Terms of Service|Privacy|Terms|Copyright|Terms and Conditions|Disclaimer|All rights reserved.|
        All rights reserved|Cookie Policy""",
    "ads": "Advertisement|Ads|Sponsored",
}
KIND = {m.strip(): kind for kind, text in MESSAGES.items() for m in text.split("|")}
DOCUSAURUS = [("readMore", "more"), ("paginator", "pagination"), ("tags", "tags"), ("BackToTop", "navigation"), ("skipTo", "navigation"),
    ("NavBar", "navigation"), ("breadcrumbs", "navigation"), ("sidebar", "navigation"), ("TOCCollapsible", "navigation"), ("editThisPage", "more"),
    ("lastUpdated", "byline"), ("readingTime", "byline"), ("SearchBar", "search"), ("SearchPage", "search"), ("copy", "more"), ("archive", "navigation")]
SKIP_COOKIES = re.compile("Url$|middleBarHead|^toggle")


def plain(text):
    text = re.sub(r"<[^>]*>|&#?\w+;|%(\(\w+\))?[sd]|%\d\$[sd]|\{[^}]*\}|\\.", " ", text)
    return " ".join(text.split())


def mo(path):
    with open(path, "rb") as f:
        catalog = gettext.GNUTranslations(f)._catalog
    return {(k if isinstance(k, str) else k[0]).split("\x04")[-1]: v for k, v in catalog.items() if isinstance(v, str)}


def po(path):
    out, key, value, at = {}, "", "", None
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() + ['msgid ""']:
        m = re.match(r'(msgid|msgstr|msgstr\[0\])? ?"(.*)"$', line)
        if line.startswith("msgid ") and m:
            if key and value: out[key] = value
            key, value, at = m[2], "", "id"
        elif line.startswith("msgstr") and m:
            value, at = (m[2], "str") if m[1] in ("msgstr", "msgstr[0]") else (value, None)
        elif line.startswith('"') and m:
            if at == "id": key += m[2]
            elif at == "str": value += m[2]
    return out


def language(name):
    return {"base": "en"}.get(name, re.split(r"[-_.]", name)[0].lower())


def rows(root):
    for path in sorted(root.rglob("*.mo")):
        lang = re.sub(r"^(admin-network|admin|continents-cities)-", "", path.stem)
        if path.stem.startswith(("continents", "django")): continue
        for key, text in mo(path).items():
            if key in KIND: yield language(lang), KIND[key], text
    for path in sorted(root.rglob("locale/*/LC_MESSAGES/*.po")):
        for key, text in po(path).items():
            if key in KIND: yield language(path.parts[-3]), KIND[key], text
            elif "allauth" in str(path) and len(key) < 25: yield language(path.parts[-3]), "login", text
    for path in sorted(root.rglob("locales/*/theme-*.json")):
        for key, text in json.loads(path.read_text(encoding="utf-8")).items():
            for part, kind in DOCUSAURUS:
                if part in key:
                    for one in text.split("|"): yield language(path.parts[-2]), kind, one
                    break
    for path in sorted(root.rglob("lang/tarteaucitron.*.js")):
        if ".min." in path.name: continue
        for key, text in re.findall(r'"(\w+)":\s*"((?:[^"\\]|\\.)*)"', path.read_text(encoding="utf-8")):
            if not SKIP_COOKIES.search(key): yield language(path.name.split(".")[1]), "cookies", text
    for path in sorted(root.rglob("translations/*.yml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            m = re.match(r"\s*(\w+):\s*['\"]?(.{3,}?)['\"]?$", line)
            if m and not m[2].startswith("|"): yield path.stem, "cookies", m[2]
    try:
        from babel import Locale, dates, localedata
    except ImportError:
        return
    for name in sorted(localedata.locale_identifiers()):
        if "_" in name or name not in LANGUAGES: continue
        locale = Locale.parse(name)
        for month in range(1, 13):
            day = datetime.date(2014 + month % 9, month, 1 + (month * 7) % 28)
            for form in ("medium", "long", "full"):
                yield name, "byline", dates.format_date(day, form, locale=locale)
            yield name, "navigation", dates.format_date(day, "LLLL y", locale=locale)


LANGUAGES = """af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko
    ky lo lt lv mk ml mn mr ms my nb ne nl pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tk tr uk ur uz vi zh zu""".split()

for row in sorted({(lang, kind, plain(text)) for lang, kind, text in rows(pathlib.Path(sys.argv[1]))}):
    if 2 <= len(row[2]) <= 400: print("\t".join(row))
