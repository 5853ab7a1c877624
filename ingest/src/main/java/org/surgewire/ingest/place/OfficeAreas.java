package org.surgewire.ingest.place;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Phrases;

/**
 * The areas that offices are responsible for: ICE field offices, Border Patrol sectors and judicial districts, from
 * {@code office-areas.txt}. The name of an office says where it sits; only its area is a place where something happens.
 */
final class OfficeAreas {
    private static final int LONGEST_NAME = 3;

    private static final Phrases RESPONSIBILITY = PlaceWords.wording("area-of-responsibility");
    private static final Phrases WITHIN = PlaceWords.wording("within-area");

    private final Map<String, List<String>> fieldOffices = new HashMap<>();
    private final Map<String, List<String>> sectors = new HashMap<>();
    private final Map<String, Set<String>> districts = new HashMap<>();

    OfficeAreas() {
        Lexicon.read(OfficeAreas.class, "office-areas.txt", (section, line) -> {
            String[] sides = line.split(" = ", -1);
            List<String> values = List.of(sides[1].split(";", -1));
            switch (section) {
                case "FIELD OFFICE" -> fieldOffices.put(sides[0], values);
                case "SECTOR" -> sectors.put(sides[0], values);
                case "JUDICIAL DISTRICT" -> districts.put(sides[0], Set.copyOf(values));
                default -> throw new IllegalArgumentException("unknown section " + section);
            }
        });
    }

    /** The area of an office that is named at token {@code i}; null when none is. */
    @Nullable
    PlaceMention at(Document document, int i) {
        if (!document.token(i).capital() || !announced(document, i)) {
            return null;
        }
        StringBuilder name = new StringBuilder();
        for (int k = i; k < Math.min(document.size(), i + LONGEST_NAME); k++) {
            name.append(name.isEmpty() ? "" : " ").append(word(document.lower(k)));
            PlaceMention found = area(document, i, k + 1, name.toString());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Whether words that make an area of an office's name stand behind it; spares most names the look-up. */
    private static boolean announced(Document document, int i) {
        for (int k = i + 1; k <= i + LONGEST_NAME; k++) {
            if (document.is(k, "sector") || RESPONSIBILITY.at(document, k)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable PlaceMention area(Document document, int first, int nameEnd, String name) {
        List<String> office = fieldOffices.get(name);
        int length = RESPONSIBILITY.length(document, nameEnd);
        if (office != null && length > 0) {
            return mention(document, first, nameEnd + length, office);
        }
        List<String> sector = sectors.get(name);
        boolean within = WITHIN.endsAt(document, first - 1);
        if (sector != null && document.is(nameEnd, "sector") && within && !agents(document, nameEnd + 1)) {
            return mention(document, first, nameEnd + 1, sector);
        }
        return null;
    }

    /** "in the Tucson Sector Border Patrol office": the name goes on as that of people or buildings. */
    private static boolean agents(Document document, int i) {
        return PlaceWords.goesOn(document, i)
                && document.token(i).isWord()
                && document.token(i).capital();
    }

    private static PlaceMention mention(Document document, int first, int end, List<String> states) {
        return new PlaceMention(
                first,
                end,
                document.span(first, end),
                NameType.AREA,
                states.size() == 1 ? states.get(0) : null,
                List.of(),
                states,
                false,
                0);
    }

    /** Whether a state has a judicial district of that part; {@code ""} stands for the district of the whole state. */
    boolean district(String state, String part) {
        return districts.getOrDefault(state, Set.of()).contains(part.isEmpty() ? "whole" : part);
    }

    private static String word(String lower) {
        return lower.equals("saint") ? "st" : lower;
    }
}
