package org.surgewire.standalone;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.Evidence;
import org.surgewire.schemas.OperationMention;
import org.surgewire.schemas.Period;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.similarity.MinHash;

/**
 * Announcements that nobody made, for measuring: ten years of them in the order of publication, the same for the same
 * number and seed.
 *
 * <p>They name 3,000 counties and places, whose shares fall as one over the rank; sheriffs, offices of federal agencies and
 * attorneys publish them. Of 100 announcements, 5 are reprints under another address and 2 are corrections of recent ones;
 * of the others, 62 are single arrests, 14 tell of no arrest, 16 are results of a week in one place, 7 are readings of the
 * running total of a state's operation, some tens of them in six weeks, and one is a round-up of a state with its parts. The
 * nation's round-ups do not become more with the number: one a month.
 */
final class GeneratedAnnouncements {
    private static final LocalDate START = LocalDate.parse("2015-01-01");
    private static final int DAYS = 3652;
    private static final int PLACES = 3000;
    private static final int RECENT = 200;
    private static final int OPERATION_DAYS = 42;
    private static final int READINGS = 20;
    private static final String[] PUBLISHERS = {
        "ICE Enforcement and Removal Operations %s",
        "U.S. Attorney's Office, District of %s",
        "Sheriff's Office, %s",
        "Homeland Security Investigations %s",
        "%s State Police"
    };

    private final Jurisdictions jurisdictions;
    private final Random random;
    private final int number;
    private final List<Jurisdiction> places = new ArrayList<>();
    private final double[] shares = new double[PLACES];
    private final List<String> words = new ArrayList<>();
    private final List<ArrestAnnouncement> recent = new ArrayList<>();
    private final List<Running> operations = new ArrayList<>();
    private int made;
    private int month = -1;

    GeneratedAnnouncements(Jurisdictions jurisdictions, int number, long seed) {
        this.jurisdictions = jurisdictions;
        this.number = number;
        this.random = new Random(seed);
        List<Jurisdiction> all = jurisdictions.all().stream()
                .filter(each -> each.level().equals("county") || each.level().equals("place"))
                .toList();
        double sum = 0;
        for (int i = 0; i < PLACES; i++) {
            places.add(all.get(random.nextInt(all.size())));
            sum += 1.0 / (i + 1);
            shares[i] = sum;
        }
        for (int i = 0; i < 4000; i++) {
            words.add(word());
        }
    }

    /** An operation of one state and what it has come to. */
    private static final class Running {
        private final OperationMention mention;
        private final Jurisdiction state;
        private final String publisher;
        private final LocalDate first;
        private long total;

        private Running(OperationMention mention, Jurisdiction state, String publisher, LocalDate first) {
            this.mention = mention;
            this.state = state;
            this.publisher = publisher;
            this.first = first;
        }
    }

    /** The next one. After the given number of them the years are over. */
    ArrestAnnouncement next() {
        LocalDate day = START.plusDays((long) made * DAYS / number);
        ArrestAnnouncement next = next(day);
        made++;
        return next;
    }

    private ArrestAnnouncement next(LocalDate day) {
        if (day.getMonthValue() != month) {
            month = day.getMonthValue();
            return remembered(roundUp(day, jurisdictions.get(Jurisdictions.COUNTRY), 12));
        }
        int kind = random.nextInt(100);
        if (kind < 5 && !recent.isEmpty()) {
            return reprint(recent.get(random.nextInt(recent.size())), day);
        } else if (kind < 7 && !recent.isEmpty()) {
            int which = random.nextInt(recent.size());
            ArrestAnnouncement corrected = recent.get(which);
            ArrestAnnouncement correction = ArrestAnnouncement.newBuilder(corrected)
                    .setRevision(corrected.getRevision() + 1)
                    .setContentHash(hex(64))
                    .setTitle("Corrected: " + corrected.getTitle())
                    .build();
            recent.set(which, correction);
            return correction;
        }
        return remembered(made(day));
    }

    private ArrestAnnouncement made(LocalDate day) {
        int kind = random.nextInt(100);
        if (kind < 62) {
            return results(day, "SINGLE_ARREST", place(), 1, null);
        } else if (kind < 76) {
            return ArrestAnnouncement.newBuilder(results(day, "PROSECUTION", place(), 1, null))
                    .setClaims(List.of())
                    .build();
        } else if (kind < 92) {
            return results(day, "ARREST_RESULTS", place(), 4 + random.nextInt(60), week(day));
        } else if (kind < 99) {
            return reading(day);
        }
        return roundUp(day, stateOf(place()), 4);
    }

    private ArrestAnnouncement remembered(ArrestAnnouncement announcement) {
        recent.add(announcement);
        if (recent.size() > RECENT) {
            recent.remove(0);
        }
        return announcement;
    }

    private ArrestAnnouncement reprint(ArrestAnnouncement of, LocalDate day) {
        return ArrestAnnouncement.newBuilder(of)
                .setReleaseId(hex(20))
                .setUrl(url(day))
                .setTitle(sentence(11))
                .setPublishedDay(day)
                .setPublished(day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC))
                .setRevision(1)
                .build();
    }

    /** Any of the operations under way tells its running total; new ones begin as the old ones end. */
    private ArrestAnnouncement reading(LocalDate day) {
        operations.removeIf(each -> ChronoUnit.DAYS.between(each.first, day) > OPERATION_DAYS);
        int wanted = 1 + (int) (0.07 * number * OPERATION_DAYS / DAYS / READINGS);
        while (operations.size() < wanted) {
            Jurisdiction state = stateOf(place());
            String name = words(2);
            String id = name.toLowerCase(Locale.ROOT).replace(' ', '-') + "-" + day;
            operations.add(new Running(
                    new OperationMention(id, "Operation " + name, "ONGOING", null, evidence(name, 14)),
                    state,
                    publisher(state),
                    day.minusDays(operations.isEmpty() ? 0 : random.nextInt(OPERATION_DAYS))));
        }
        Running operation = operations.get(random.nextInt(operations.size()));
        operation.total += 5 + random.nextInt(40);
        ArrestAnnouncement plain = results(
                day, "OPERATION_ONGOING", operation.state, operation.total, new Period(operation.first, null, null));
        Claim total = Claim.newBuilder(plain.getClaims().get(0))
                .setKind("CUMULATIVE")
                .setClock("operation")
                .build();
        return ArrestAnnouncement.newBuilder(plain)
                .setPublisher(operation.publisher)
                .setOperation(operation.mention)
                .setClaims(List.of(total))
                .build();
    }

    private ArrestAnnouncement roundUp(LocalDate day, Jurisdiction whole, int parts) {
        List<Claim> claims = new ArrayList<>();
        long sum = 0;
        for (int i = 0; i < parts; i++) {
            Jurisdiction part = place();
            while (!jurisdictions.contains(whole.id(), part.id())) {
                part = places.get(random.nextInt(PLACES));
            }
            long count = 5L + random.nextInt(40);
            sum += count;
            claims.add(claim("c" + (i + 2), "PART", part, count));
        }
        claims.add(0, claim("c1", "TOTAL", whole, sum));
        String name = words(2);
        String id = name.toLowerCase(Locale.ROOT).replace(' ', '-') + "-" + day;
        return ArrestAnnouncement.newBuilder(results(day, "ARREST_RESULTS", whole, sum, week(day)))
                .setOperation(new OperationMention(id, "Operation " + name, "CONCLUDED", null, evidence(name, 14)))
                .setClaims(claims)
                .build();
    }

    private ArrestAnnouncement results(
            LocalDate day, String kind, Jurisdiction place, long count, @Nullable Period period) {
        return ArrestAnnouncement.newBuilder()
                .setReleaseId(hex(20))
                .setSourceId("source-" + random.nextInt(60))
                .setPublisher(publisher(place))
                .setUrl(url(day))
                .setTitle(sentence(11))
                .setPublished(day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC))
                .setPublishedDay(day)
                .setRevision(1)
                .setContentHash(hex(64))
                .setWithdrawn(false)
                .setKind(kind)
                .setPeriod(period)
                .setClaims(List.of(claim("c1", "TOTAL", place, count)))
                .setFingerprint(MinHash.signature(sentence(150)))
                .setRules("12")
                .build();
    }

    private Claim claim(String id, String role, Jurisdiction place, long count) {
        return Claim.newBuilder()
                .setClaimId(id)
                .setRole(role)
                .setJurisdictionId(place.id())
                .setPlace(place.name())
                .setPlaceType(place.level().equals("place") ? "city" : place.level())
                .setLow(count)
                .setBest(count)
                .setHigh(count)
                .setQualifier("EXACT")
                .setUnit("persons")
                .setKind("PERIOD")
                .setEvidence(evidence(count + " in " + place.name(), 18))
                .build();
    }

    private Evidence evidence(String about, int length) {
        String sentence = about + " " + sentence(length);
        int from = random.nextInt(2000);
        return new Evidence(from, from + sentence.length(), sentence, "total.persons-arrested", 0.9);
    }

    private String publisher(Jurisdiction place) {
        return String.format(
                Locale.ROOT,
                PUBLISHERS[random.nextInt(PUBLISHERS.length)],
                stateOf(place).name());
    }

    private String url(LocalDate day) {
        return "https://releases.example/news/" + day + "/" + sentence(7).replace(' ', '-');
    }

    private static Period week(LocalDate day) {
        LocalDate monday =
                day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(1);
        return new Period(monday, monday.plusDays(4), null);
    }

    private Jurisdiction stateOf(Jurisdiction place) {
        List<Jurisdiction> lineage = jurisdictions.lineage(place.id());
        return lineage.size() > 1 ? lineage.get(lineage.size() - 2) : lineage.get(0);
    }

    private Jurisdiction place() {
        double wanted = random.nextDouble() * shares[PLACES - 1];
        int low = 0;
        int high = PLACES - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (shares[middle] < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return places.get(low);
    }

    private String word() {
        var word = new StringBuilder();
        for (int i = 3 + random.nextInt(7); i > 0; i--) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    private String words(int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            String word = words.get(random.nextInt(words.size()));
            text.append(i == 0 ? "" : " ")
                    .append(Character.toUpperCase(word.charAt(0)))
                    .append(word.substring(1));
        }
        return text.toString();
    }

    /** Some words are much more frequent than others, as in any language. */
    private String sentence(int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            double rank = Math.pow(words.size(), random.nextDouble()) - 1;
            text.append(i == 0 ? "" : " ").append(words.get((int) rank));
        }
        return text.toString();
    }

    private String hex(int digits) {
        byte[] bytes = new byte[digits / 2];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
