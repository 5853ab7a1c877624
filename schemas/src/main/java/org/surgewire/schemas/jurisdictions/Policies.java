package org.surgewire.schemas.jurisdictions;

import java.time.LocalDate;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Which jurisdictions a public source says to have a policy on cooperation with immigration authorities, and since when. */
public final class Policies {
    private Policies() {}

    /**
     * One listing.
     *
     * @param jurisdictionId Open Civic Data division id
     * @param policy code of the policy, for example {@code limits_cooperation}
     * @param from first day of the listing
     * @param to last day of the listing; null while it lasts
     * @param source who says so
     */
    public record Listing(
            String jurisdictionId, String policy, LocalDate from, @Nullable LocalDate to, String source) {}

    /** The listings that ship with the product, in the order of the table. */
    public static List<Listing> bundled() {
        return Bundled.INSTANCE;
    }

    private static Listing listing(CSVRecord row) {
        String to = row.get("to");
        return new Listing(
                Jurisdictions.bundled().get(row.get("ocd_id")).id(),
                row.get("policy"),
                LocalDate.parse(row.get("from")),
                to.isEmpty() ? null : LocalDate.parse(to),
                row.get("source"));
    }

    private static final class Bundled {
        private static final List<Listing> INSTANCE = Jurisdictions.rows("policies.csv").stream()
                .map(Policies::listing)
                .toList();
    }
}
