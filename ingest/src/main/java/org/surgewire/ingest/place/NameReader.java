package org.surgewire.ingest.place;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;
import org.surgewire.schemas.jurisdictions.Jurisdiction;

/** Tells what a known name means where it stands: a state, a country, a county, a city, or an area around one. */
final class NameReader {
    private final PlaceIndex index;
    private final StateBehind stateBehind;

    NameReader(PlaceIndex index, StateBehind stateBehind) {
        this.index = index;
        this.stateBehind = stateBehind;
    }

    PlaceMention mention(
            Document document, int first, int head, PlaceIndex.Match match, boolean compass, boolean around) {
        PlaceIndex.Entry entry = match.entry();
        int end = head + match.length();
        Jurisdiction state = entry.state;
        boolean areaWord = PlaceWords.area(document, end);
        boolean hyphenArea = document.is(end, "-") && document.is(end + 1, "area");
        if (compass && state != null) {
            int stop = document.is(end, "region") ? end + 1 : end;
            return areaOf(document, first, stop, stop, List.of(state.state()), state.state());
        }
        // "the Delta" is a region, "Delta" a town.
        boolean town = entry.regionWithArticle && !entry.places.isEmpty() && !document.is(first - 1, "the");
        if (!entry.region.isEmpty() && state == null && !town) {
            String only = entry.region.size() == 1 ? entry.region.get(0) : null;
            int stop = end;
            return areaOf(document, first, end, stop, entry.region, only);
        }
        if (state != null
                && !state.level().equals("district")
                && !areaWord
                && !around
                && !isWashingtonDc(document, head, end)) {
            boolean city = cityOfStateName(document, entry, end);
            if (!city && !PlaceWords.county(document, end)) {
                return new PlaceMention(
                        first,
                        end,
                        PlaceWords.name(document, first, end),
                        NameType.STATE,
                        state.state(),
                        List.of(state),
                        List.of(state.state()),
                        PlaceWords.office(document, end),
                        0);
            }
        }
        if (entry.country
                && ((stateBehind.followedByState(document, end) == null && !PlaceWords.county(document, end))
                        || (entry.places.isEmpty() && entry.counties.isEmpty()))) {
            return new PlaceMention(
                    first,
                    end,
                    PlaceWords.name(document, first, end),
                    NameType.COUNTRY,
                    null,
                    List.of(),
                    List.of(),
                    false,
                    0);
        }
        if (PlaceWords.county(document, end)) {
            int stop = end + 1;
            String given = stateBehind.followedByState(document, stop);
            if (given == null && document.is(end, "parish")) {
                given = "LA";
            }
            return new PlaceMention(
                    first,
                    stateBehind.followedByState(document, stop) == null ? stop : stateBehind.stateEnd(document, stop),
                    PlaceWords.name(document, head, stop),
                    NameType.COUNTY,
                    given,
                    entry.counties,
                    List.of(),
                    PlaceWords.office(document, stop),
                    0);
        }
        if (document.is(first - 1, "around") && !areaWord && state == null) {
            String near = stateBehind.followedByState(document, end);
            return new PlaceMention(
                    first,
                    near == null ? end : stateBehind.stateEnd(document, end),
                    PlaceWords.name(document, head, end) + " area",
                    NameType.AREA,
                    near,
                    entry.places.isEmpty() ? entry.counties : entry.places,
                    List.of(),
                    false,
                    0);
        }
        if (areaWord || hyphenArea || around) {
            int stop = hyphenArea ? end + 2 : areaWord ? PlaceWords.areaEnd(document, end) : end;
            List<Jurisdiction> base = entry.places.isEmpty() ? entry.counties : entry.places;
            // "the Chicago area of Illinois"
            String inState =
                    areaWord && document.is(stop, "of") ? stateBehind.followedByState(document, stop + 1) : null;
            return new PlaceMention(
                    first,
                    inState == null ? stop : stateBehind.stateEnd(document, stop + 1),
                    document.span(around && areaWord ? head : first, stop).replace("-", " "),
                    NameType.AREA,
                    inState,
                    base,
                    List.of(),
                    false,
                    0);
        }
        // "McAllen, Texas, area", "Detroit Michigan"
        String given = stateBehind.followedByState(document, end);
        int stop = given == null ? end : stateBehind.stateEnd(document, end);
        if ((state != null && state.level().equals("district")) || isWashingtonDc(document, head, end)) {
            given = "DC";
        }
        boolean stateArea = given != null
                && (document.is(stop, "area") || (document.is(stop, ",") && document.is(stop + 1, "area")));
        if (stateArea) {
            return new PlaceMention(
                    first,
                    document.is(stop, ",") ? stop + 2 : stop + 1,
                    PlaceWords.name(document, head, end) + " area",
                    NameType.AREA,
                    given,
                    entry.places,
                    List.of(),
                    false,
                    0);
        }
        List<Jurisdiction> candidates = entry.places.isEmpty() ? entry.counties : entry.places;
        if ("DC".equals(given)) {
            Jurisdiction dc = index.state("DC");
            candidates = dc == null ? List.of() : List.of(dc);
        }
        return new PlaceMention(
                first,
                stop,
                PlaceWords.name(document, head, end),
                NameType.CITY,
                given,
                candidates,
                List.of(),
                PlaceWords.office(document, stop),
                0);
    }

    /** "Nevada, Missouri" is a city; "Florida, Georgia and Alabama" are states. */
    private boolean cityOfStateName(Document document, PlaceIndex.Entry entry, int end) {
        String state = stateBehind.followedByState(document, end);
        if (state == null
                || entry.places.stream().noneMatch(place -> place.state().equals(state))) {
            return false;
        }
        int after = stateBehind.stateEnd(document, end);
        int next = document.is(after, ",") ? after + 1 : after;
        next = document.is(next, "and") ? next + 1 : next;
        PlaceIndex.Match match =
                next > after && next < document.size() && document.token(next).capital()
                        ? index.longest(document, next)
                        : null;
        return match == null || match.entry().state == null;
    }

    private static boolean isWashingtonDc(Document document, int head, int end) {
        return end - head == 1
                && document.is(head, "washington")
                && (document.is(end, "d.c")
                        || document.is(end, "dc")
                        || (document.is(end, ",") && (document.is(end + 1, "d.c") || document.is(end + 1, "dc"))));
    }

    private static PlaceMention areaOf(
            Document document, int first, int nameEnd, int end, List<String> states, @Nullable String only) {
        return new PlaceMention(
                first,
                end,
                document.span(first, nameEnd),
                NameType.AREA,
                only,
                List.of(),
                states,
                PlaceWords.office(document, end),
                0);
    }
}
