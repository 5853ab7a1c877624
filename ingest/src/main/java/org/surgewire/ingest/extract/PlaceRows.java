package org.surgewire.ingest.extract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.NumberMention.Unit;
import org.surgewire.ingest.place.PlaceMention;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;
import org.surgewire.schemas.jurisdictions.Jurisdiction;

/** Brings together rows that say the same, drops those that only frame others, and gives the release's total to its scope. */
final class PlaceRows {
    private final Document document;
    private final PlaceText text;
    private final List<NumberMention> numbers;
    private final @Nullable Claim total;

    /** @param total the release's total; null when it states none */
    PlaceRows(PlaceText text, @Nullable Claim total) {
        this.total = total;
        this.document = text.document();
        this.text = text;
        this.numbers = text.numbers();
    }

    static void merge(List<PlaceReader.Row> rows) {
        Map<String, PlaceReader.Row> seen = new LinkedHashMap<>();
        for (PlaceReader.Row row : rows) {
            Jurisdiction jurisdiction = row.jurisdiction;
            String key = jurisdiction != null && jurisdiction.level().equals("district")
                    ? jurisdiction.id()
                    : key(row.mention, row.state);
            PlaceReader.Row first = seen.putIfAbsent(key, row);
            if (first != null && first.count == null) {
                first.count = row.count;
                first.attached = row.attached;
            }
        }
        rows.clear();
        rows.addAll(seen.values());
    }

    private static String key(PlaceMention mention, @Nullable String state) {
        return mention.type() + "|"
                + mention.name()
                        .toLowerCase(Locale.ROOT)
                        .replace(" county", "")
                        .replace(" parish", "")
                        .replace(" area", "")
                        .replace("metropolitan", "")
                        .replace("metro ", "")
                        .replace("greater", "")
                        .strip()
                + "|" + (state == null ? "" : state);
    }

    /**
     * Whether the row and another speak of one scope under two names: the city in the headline and "the Charlotte area"
     * in the body, or "San Diego-area" in the headline and the county in the body. The body's name stays.
     */
    boolean besideArea(PlaceReader.Row row, List<PlaceReader.Row> rows) {
        boolean headline = document.sentenceAt(row.mention.first()).headline();
        if (headline
                && row.mention.type() == NameType.STATE
                && row.mention.name().equals("New York")) {
            // "in New York" above "in New York City, Long Island and the Hudson Valley"
            String city = row.mention.name() + " City";
            boolean ownFigure = row.count != null && text.claimOf(row.count) == null;
            return !ownFigure
                    && rows.stream().anyMatch(other -> other.mention.name().equals(city));
        }
        if (!headline || (row.mention.type() != NameType.CITY && row.mention.type() != NameType.AREA)) {
            return false;
        }
        String base = base(row.mention);
        for (PlaceReader.Row other : rows) {
            boolean body = !document.sentenceAt(other.mention.first()).headline();
            boolean pair = row.mention.type() == NameType.CITY
                    ? other.mention.type() == NameType.AREA
                    : other.mention.type() == NameType.COUNTY;
            if (body && pair && !other.equals(row) && base(other.mention).equals(base)) {
                return true;
            }
        }
        return false;
    }

    private static String base(PlaceMention mention) {
        String name = mention.name().toLowerCase(Locale.ROOT);
        for (String word : new String[] {
            "greater ", "metropolitan ", "metro ", " area", " county", " region", " metro", " metropolitan"
        }) {
            name = name.replace(word, "");
        }
        return name.strip();
    }

    /** Whether a lone state without a figure of its own only frames the cities or counties that are named in it. */
    boolean subsumed(PlaceReader.Row row, List<PlaceReader.Row> rows) {
        if (row.mention.type() != NameType.STATE) {
            return false;
        }
        boolean inside = false;
        boolean sameCount = false;
        for (PlaceReader.Row other : rows) {
            if (other.mention.list() == row.mention.list() && !other.equals(row)) {
                return false;
            }
            boolean place = other.mention.type() == NameType.CITY || other.mention.type() == NameType.COUNTY;
            if (place && row.state != null && row.state.equals(other.state)) {
                inside = true;
                sameCount |= other.count != null && row.count != null && other.count.value() == row.count.value();
            }
        }
        Sentence sentence = document.sentenceAt(row.mention.first());
        boolean scope = total != null
                && text.claimsIn(sentence).stream().anyMatch(claim -> claim.value() == total.value())
                && sentence.body()
                && document.has(row.mention.first() - 1, Tag.PREPOSITION)
                && !document.is(row.mention.first() - 1, "in");
        boolean headlineFigure = false;
        for (Claim claim : text.claimsIn(sentence)) {
            boolean whole = claim.main() || (total != null && claim.value() == total.value());
            headlineFigure |= sentence.headline() && whole;
        }
        return inside && (row.count == null || sameCount) && !headlineFigure && !scope;
    }

    /** The release's own scope gets the total when no figure is stated for it. */
    void whole(List<PlaceReader.Row> rows, Claim total) {
        for (PlaceReader.Row row : rows) {
            NumberMention count = row.count;
            if (count == null) {
                continue;
            }
            if (count.value() == total.value()) {
                return;
            }
            Claim claim = text.claimOf(count);
            boolean rounded = claim != null
                    && claim.main()
                    && count.qualifier() != Qualifier.EXACT
                    && Math.abs(count.value() - total.value()) < 0.35 * total.value();
            if (rounded) {
                row.count = total.number();
                return;
            }
        }
        PlaceReader.Row scope = null;
        for (PlaceReader.Row row : rows) {
            if (row.mention.type() == NameType.COUNTRY) {
                continue;
            }
            Sentence sentence = document.sentenceAt(row.mention.first());
            boolean alone = true;
            for (PlaceReader.Row other : rows) {
                alone &= other == row || other.mention.list() != row.mention.list();
            }
            boolean otherFigure = false;
            for (NumberMention number : numbers) {
                boolean same = document.sentenceIndex(number.first()) == document.sentenceIndex(sentence.first());
                otherFigure |= same
                        && number.count()
                        && (number.unit() == Unit.PERSON
                                || number.unit() == Unit.ARREST
                                || (number.unit() == Unit.PART && text.claimOf(number) != null))
                        && Math.abs(number.value() - total.value()) > 0.35 * total.value()
                        && number.nounEnd() <= row.mention.first();
            }
            if (otherFigure && !among(sentence)) {
                continue;
            }
            boolean head = sentence.headline()
                    || document.sentenceIndex(sentence.first())
                            <= document.sentenceIndex(total.number().first())
                    || sentence.equals(total.sentence());
            if (alone && row.count == null && (head || rows.size() == 1)) {
                scope = row;
                break;
            }
            if (!alone) {
                break;
            }
        }
        if (scope != null) {
            scope.count = total.number();
        }
    }

    private boolean among(Sentence sentence) {
        for (int i = sentence.first(); i < sentence.end(); i++) {
            if (document.is(i, "among")) {
                return true;
            }
        }
        return false;
    }
}
