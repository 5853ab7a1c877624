package org.surgewire.streams.query;

import java.util.List;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/**
 * A jurisdiction as answers name it.
 *
 * @param id Open Civic Data division id
 * @param name name with its state and without the Census Bureau's legal suffix: "Mecklenburg County, NC", "Boston, MA"
 * @param level {@code country}, {@code state}, {@code district}, {@code territory}, {@code county} or {@code place}
 */
public record PlaceRef(String id, String name, String level) {
    static PlaceRef of(Jurisdiction jurisdiction) {
        boolean local =
                jurisdiction.level().equals("county") || jurisdiction.level().equals("place");
        String name = plainName(jurisdiction);
        return new PlaceRef(jurisdiction.id(), local ? name + ", " + jurisdiction.state() : name, jurisdiction.level());
    }

    /** An id that no jurisdiction has is named by itself. */
    static PlaceRef of(Jurisdictions jurisdictions, String id) {
        return jurisdictions.find(id).map(PlaceRef::of).orElseGet(() -> new PlaceRef(id, id, "unknown"));
    }

    static List<PlaceRef> of(Jurisdictions jurisdictions, List<String> ids) {
        return ids.stream().map(id -> of(jurisdictions, id)).toList();
    }

    /** The name people use: a place's lower-case legal suffix ("city", "CDP", "(balance)") is left out. */
    static String plainName(Jurisdiction jurisdiction) {
        String name = jurisdiction.name();
        if (!jurisdiction.level().equals("place")) {
            return name;
        }
        for (int space = name.lastIndexOf(' '); space > 0; space = name.lastIndexOf(' ')) {
            String last = name.substring(space + 1);
            if (!Character.isLowerCase(last.charAt(0)) && !last.equals("CDP") && !last.equals("(balance)")) {
                return name;
            }
            name = name.substring(0, space);
        }
        return name;
    }
}
