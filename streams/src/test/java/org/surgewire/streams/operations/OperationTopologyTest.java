package org.surgewire.streams.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.announcement;
import static org.surgewire.streams.runtime.Pipeline.arrests;
import static org.surgewire.streams.runtime.Pipeline.inOperation;
import static org.surgewire.streams.runtime.Pipeline.withdrawn;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Operation;
import org.surgewire.schemas.OperationStep;
import org.surgewire.streams.runtime.Pipeline;

class OperationTopologyTest {
    private final Pipeline pipeline = new Pipeline();
    private final ArrestAnnouncement planned = inOperation(announcement("r1", "2020-09-30"), "Rise", "PLANNED");
    private final ArrestAnnouncement done = inOperation(arrests("r2", "2020-10-07", CA, 128), "Rise", "CONCLUDED");

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void anOperationIsItsAnnouncementsInTheOrderOfPublication() {
        pipeline.announce(planned, done);

        Operation rise = pipeline.operations().get("rise");
        assertThat(rise.getName()).isEqualTo("Rise");
        assertThat(rise.getStatus()).isEqualTo("CONCLUDED");
        assertThat(rise.getArrests()).isEqualTo(128);
        assertThat(rise.getFirstDay()).isEqualTo("2020-09-30");
        assertThat(rise.getLastDay()).isEqualTo("2020-10-07");
        assertThat(rise.getSteps())
                .extracting(OperationStep::getReleaseId, OperationStep::getArrests)
                .containsExactly(tuple("r1", null), tuple("r2", 128L));
        assertThat(rise.getJurisdictions()).contains(CA);
    }

    @Test
    void announcementsOutOfOrderAndLateMakeTheSameOperation() {
        pipeline.announce(planned, done);
        Operation inOrder = pipeline.operations().get("rise");
        try (var other = new Pipeline()) {
            other.announce(done, planned);
            assertThat(other.operations().get("rise")).isEqualTo(inOrder);
        }
    }

    @Test
    void aDuplicateWritesNothing() {
        pipeline.announce(planned, done);
        pipeline.operations();
        pipeline.announce(done);
        assertThat(pipeline.operations()).isEmpty();
    }

    @Test
    void anAnnouncementCorrectedToAnotherOperationLeavesTheFirst() {
        pipeline.announce(planned, done);
        pipeline.announce(
                inOperation(ArrestAnnouncement.newBuilder(done).setRevision(2).build(), "Sunrise", "CONCLUDED"));
        var operations = pipeline.operations();
        assertThat(operations.get("rise").getArrests()).isZero();
        assertThat(operations.get("sunrise").getArrests()).isEqualTo(128);
    }

    @Test
    void aWithdrawnOperationHasNoSteps() {
        pipeline.announce(done, withdrawn(done, 2));
        assertThat(pipeline.operations().get("rise").getSteps()).isEmpty();
    }

    @Test
    void announcementsWithoutAnOperationMakeNone() {
        pipeline.announce(arrests("r3", "2020-09-28", MECKLENBURG, 12));
        assertThat(pipeline.operations()).isEmpty();
    }

    @Test
    void poisonChangesNothingAndTheRestGoesOn() {
        pipeline.announceRaw("r1", "not avro".getBytes(StandardCharsets.UTF_8));
        pipeline.announce(done);
        assertThat(pipeline.operations()).containsOnlyKeys("rise");
    }
}
