package org.surgewire.streams.cases;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.DeadLetter;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.StateSerde;
import org.surgewire.schemas.topics.Topic;

/**
 * Lets pass what can be counted, and parks everything else with its cause. Whatever passes is safe to keep, link and add up,
 * whoever wrote it.
 *
 * <p>What is refused depends on the record alone, so that it is the same in any order of reading. That is why the first
 * counted day is a fixed one and not so many years before the newest announcement.
 */
final class Intake implements Processor<String, ArrestAnnouncement, String, DeadLetter> {
    /** The first publication day that is counted; every day since then is kept and can still change. */
    static final LocalDate FIRST_DAY = LocalDate.of(1990, 1, 1);

    /** No announcement read so far comes near a hundredth of it; a case holds what many of them say. */
    private static final int MOST_BYTES = 512 * 1024;

    /** More persons than live in the country. */
    private static final long MOST_PERSONS = 1_000_000_000;

    private static final int MOST_RAW_BYTES = 64 * 1024;

    private record Refusal(String cause, String detail) {}

    private final Jurisdictions jurisdictions;
    private final Topic<ArrestAnnouncement> from;
    private final StateSerde<ArrestAnnouncement> serde = new StateSerde<>(ArrestAnnouncement.class);
    private ProcessorContext<String, DeadLetter> context;

    Intake(Jurisdictions jurisdictions, Topic<ArrestAnnouncement> from) {
        this.jurisdictions = jurisdictions;
        this.from = from;
    }

    @Override
    public void init(ProcessorContext<String, DeadLetter> given) {
        context = given;
    }

    boolean passes(@Nullable String releaseId, @Nullable ArrestAnnouncement announcement) {
        return refusal(releaseId, announcement).isEmpty();
    }

    private Optional<Refusal> refusal(@Nullable String releaseId, @Nullable ArrestAnnouncement announcement) {
        if (announcement == null) {
            return refused(
                    "NO_RECORD", "there is no record under the key; a release is taken back by withdrawn = true");
        }
        if (releaseId == null || !releaseId.equals(announcement.getReleaseId())) {
            return refused("WRONG_KEY", "the key is not the release id " + announcement.getReleaseId());
        }
        LocalDate day = announcement.getPublishedDay();
        if (day.isBefore(FIRST_DAY)) {
            return refused(
                    "BEYOND_RETENTION",
                    "published on " + day + ", before " + FIRST_DAY + ", the first day that is counted");
        }
        Instant knownSince = announcement.getKnownSince();
        LocalDate read = (knownSince == null ? announcement.getPublished() : knownSince)
                .atZone(ZoneOffset.UTC)
                .toLocalDate();
        if (day.isAfter(read.plusDays(1))) {
            return refused("FUTURE_DAY", "published on " + day + ", after it was read on " + read);
        }
        for (Claim claim : claims(announcement)) {
            if (jurisdictions.find(claim.getJurisdictionId()).isEmpty()) {
                return refused(
                        "UNKNOWN_JURISDICTION",
                        "claim " + claim.getClaimId() + " is about " + claim.getJurisdictionId()
                                + ", which is not in the gazetteer; publish the announcement again once it is");
            }
            if (!isCount(claim.getLow(), claim.getBest(), claim.getHigh())) {
                return refused(
                        "BAD_COUNT",
                        "claim " + claim.getClaimId() + " has low " + claim.getLow() + ", best " + claim.getBest()
                                + ", high " + claim.getHigh()
                                + "; expected none of them, or 0 <= low <= best <= high <= " + MOST_PERSONS);
            }
        }
        int bytes = serde.serializer().serialize(from.name(), announcement).length;
        if (bytes > MOST_BYTES) {
            return refused("TOO_LARGE", "the announcement has " + bytes + " bytes, the limit is " + MOST_BYTES);
        }
        return Optional.empty();
    }

    private static List<Claim> claims(ArrestAnnouncement announcement) {
        List<Claim> claims = new ArrayList<>(announcement.getClaims());
        announcement.getFurtherEvents().forEach(event -> claims.addAll(event.getClaims()));
        return claims;
    }

    private static boolean isCount(@Nullable Long low, @Nullable Long best, @Nullable Long high) {
        if (low == null || best == null || high == null) {
            return low == null && best == null && high == null;
        }
        return 0 <= low && low <= best && best <= high && high <= MOST_PERSONS;
    }

    private static Optional<Refusal> refused(String cause, String detail) {
        return Optional.of(new Refusal(cause, detail));
    }

    @Override
    public void process(Record<String, ArrestAnnouncement> record) {
        ArrestAnnouncement announcement = record.value();
        Refusal refusal = refusal(record.key(), announcement).orElseThrow();
        var at = context.recordMetadata().orElseThrow();
        byte[] raw =
                announcement == null ? new byte[0] : from.serde().serializer().serialize(at.topic(), announcement);
        DeadLetter letter = DeadLetter.newBuilder()
                .setAt(Instant.ofEpochMilli(context.currentSystemTimeMs()))
                .setCause(refusal.cause())
                .setDetail(refusal.detail())
                .setSourceId(announcement == null ? null : announcement.getSourceId())
                .setTopic(at.topic())
                .setPartition(at.partition())
                .setOffset(at.offset())
                .setRaw(ByteBuffer.wrap(raw.length > MOST_RAW_BYTES ? Arrays.copyOf(raw, MOST_RAW_BYTES) : raw))
                .build();
        String place = at.topic() + "-" + at.partition() + "@" + at.offset();
        context.forward(new Record<>(place, letter, record.timestamp()));
    }
}
