package org.surgewire.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChangeFeedTest {
    private final ChangeFeed feed = new ChangeFeed(2);

    @Test
    void aReaderGetsWhatCameAfterItsPosition() throws Exception {
        feed.add("alert", "1");
        long position = feed.position(feed.id(feed.end()));
        feed.add("counts", "2");

        var news = feed.after(position, 0);

        assertThat(news.missed()).isFalse();
        assertThat(news.changes()).extracting(ChangeFeed.Change::data).containsExactly("2");
        assertThat(feed.after(news.position(), 0).changes()).isEmpty();
    }

    @Test
    void aReaderThatFellBehindIsToldThatItMissedSome() throws Exception {
        feed.add("alert", "1");
        long position = feed.end();
        feed.add("alert", "2");
        feed.add("alert", "3");
        assertThat(feed.after(position, 0).missed()).isFalse();
        feed.add("alert", "4");
        assertThat(feed.after(position, 0).missed()).isTrue();
        assertThat(feed.after(position, 0).position()).isEqualTo(4);
    }

    @Test
    void aPositionOfAnotherRunOrNoneIsUnknown() throws Exception {
        feed.add("alert", "1");
        for (String id : new String[] {"", "1", "other-1", feed.id(2), feed.id(1) + "x", feed.id(-5)}) {
            assertThat(feed.position(id)).as(id).isNegative();
        }
        assertThat(feed.after(-1, 0).missed()).isTrue();
    }

    @Test
    void aWaitingReaderIsWokenByAChangeAndByTheEnd() throws Exception {
        var news = CompletableFuture.supplyAsync(() -> after(0));
        feed.add("alert", "1");
        assertThat(news.get(10, TimeUnit.SECONDS).changes()).hasSize(1);
        var end = CompletableFuture.supplyAsync(() -> after(1));
        feed.close();
        assertThat(end.get(10, TimeUnit.SECONDS).changes()).isEmpty();
        assertThat(feed.isClosed()).isTrue();
    }

    private ChangeFeed.News after(long position) {
        try {
            return feed.after(position, 10_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
