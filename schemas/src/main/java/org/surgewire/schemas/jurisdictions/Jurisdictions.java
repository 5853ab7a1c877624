package org.surgewire.schemas.jurisdictions;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Every jurisdiction a count can belong to, and the roll-up place → county → state → country. Immutable once loaded.
 *
 * <p>A place that lies in exactly one county rolls up to it. A place that spans several counties rolls up to the state,
 * since no release says which county an arrest was in. New York City is the exception of geography: its five boroughs
 * are counties that lie inside the place. Second names of one division ({@code state:co/place:denver} and
 * {@code state:co/county:denver}) resolve to one id, see {@link #canonical}.
 */
public final class Jurisdictions {
    /** Division id of the country, the root of every roll-up. */
    public static final String COUNTRY = "ocd-division/country:us";

    private static final String NEW_YORK_CITY = "ocd-division/country:us/state:ny/place:new_york";
    private static final List<String> NEW_YORK_BOROUGHS = List.of("36005", "36047", "36061", "36081", "36085");

    private final Map<String, Jurisdiction> byId;
    private final Map<String, String> aliases;

    private Jurisdictions(Map<String, Jurisdiction> byId, Map<String, String> aliases) {
        this.byId = byId;
        this.aliases = aliases;
    }

    /** The jurisdictions that ship with the product; read once, about 27,000 rows. */
    public static Jurisdictions bundled() {
        return Bundled.INSTANCE;
    }

    /** The jurisdiction with this id or second name; empty when there is none. */
    public Optional<Jurisdiction> find(String id) {
        return Optional.ofNullable(byId.get(canonical(id)));
    }

    /**
     * The jurisdiction with this id or second name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Jurisdiction get(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no jurisdiction has the id " + id));
    }

    /** The id under which a division is counted: second names become the first, every other id is returned as it is. */
    public String canonical(String id) {
        return aliases.getOrDefault(id, id);
    }

    /** The ids that are second names, each with the id under which it is counted. */
    public Map<String, String> secondNames() {
        return Collections.unmodifiableMap(aliases);
    }

    /** All jurisdictions, second names left out, in the order of the gazetteer (country, states, counties, places). */
    public Collection<Jurisdiction> all() {
        return byId.values();
    }

    /** The jurisdiction itself, then what contains it, smallest first; the country is last. Empty for an unknown id. */
    public List<Jurisdiction> lineage(String id) {
        List<Jurisdiction> lineage = new ArrayList<>(4);
        for (Jurisdiction at = byId.get(canonical(id)); at != null; at = parent(at)) {
            lineage.add(at);
        }
        return lineage;
    }

    /** Whether {@code outer} is {@code inner} or contains it. Unknown ids contain nothing. */
    public boolean contains(String outer, String inner) {
        String wanted = canonical(outer);
        for (Jurisdiction at = byId.get(canonical(inner)); at != null; at = parent(at)) {
            if (at.id().equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** The smallest jurisdiction that contains all of these; the country for none. Unknown ids are passed over. */
    public Jurisdiction lowestContaining(Collection<String> ids) {
        List<Jurisdiction> common = null;
        for (String id : ids) {
            List<Jurisdiction> lineage = lineage(id);
            if (lineage.isEmpty()) {
                continue;
            }
            if (common == null) {
                common = lineage;
            } else {
                common.retainAll(lineage);
            }
        }
        return common == null ? get(COUNTRY) : common.get(0);
    }

    private @Nullable Jurisdiction parent(Jurisdiction of) {
        String parentId = of.parentId();
        return parentId == null ? null : byId.get(parentId);
    }

    private static Jurisdictions load() {
        Map<String, String> sameAs = new HashMap<>();
        for (CSVRecord row : rows("ocd-aliases.csv")) {
            sameAs.put(row.get("id"), row.get("sameAs"));
        }
        List<CSVRecord> rows = rows("us-jurisdictions.csv");
        Map<String, CSVRecord> rowsById = new HashMap<>();
        Map<String, String> stateIds = new HashMap<>();
        Map<String, String> countyIds = new HashMap<>();
        for (CSVRecord row : rows) {
            String id = row.get("ocd_id");
            rowsById.put(id, row);
            switch (row.get("level")) {
                case "state", "district", "territory" -> stateIds.put(row.get("state"), id);
                case "county" -> countyIds.put(row.get("geoid"), id);
                default -> {}
            }
        }
        // A second name stands only for a division that is listed itself.
        sameAs.values().removeIf(target -> !rowsById.containsKey(target));

        Map<String, Jurisdiction> byId = new LinkedHashMap<>();
        for (CSVRecord row : rows) {
            String id = row.get("ocd_id");
            if (!sameAs.containsKey(id)) {
                byId.put(id, jurisdiction(row, parentOf(row, stateIds, countyIds)));
            }
        }
        return new Jurisdictions(byId, sameAs);
    }

    private static @Nullable String parentOf(
            CSVRecord row, Map<String, String> stateIds, Map<String, String> countyIds) {
        String id = row.get("ocd_id");
        String state = stateIds.get(row.get("state"));
        return switch (row.get("level")) {
            case "country" -> null;
            case "state", "district", "territory" -> COUNTRY;
            case "county" -> NEW_YORK_BOROUGHS.contains(row.get("geoid")) ? NEW_YORK_CITY : state;
            case "place" -> {
                List<String> counties = counties(row);
                String county = counties.size() == 1 ? countyIds.get(counties.get(0)) : null;
                yield county == null || county.equals(id) ? state : county;
            }
            default -> throw new IllegalStateException("us-jurisdictions.csv: unknown level of " + id);
        };
    }

    private static Jurisdiction jurisdiction(CSVRecord row, @Nullable String parentId) {
        return new Jurisdiction(
                row.get("ocd_id"),
                row.get("name"),
                row.get("level"),
                row.get("state"),
                row.get("geoid"),
                counties(row),
                row.get("population").isEmpty() ? null : Long.valueOf(row.get("population")),
                row.get("lat").isEmpty() ? null : Double.valueOf(row.get("lat")),
                row.get("lon").isEmpty() ? null : Double.valueOf(row.get("lon")),
                parentId);
    }

    private static List<String> counties(CSVRecord row) {
        String counties = row.get("county_geoids");
        return counties.isEmpty() ? List.of() : List.of(counties.split(";", -1));
    }

    static List<CSVRecord> rows(String resource) {
        var format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        try (var in = Jurisdictions.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing from the jar");
            }
            return format.parse(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Bundled {
        static final Jurisdictions INSTANCE = load();
    }
}
