package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers write into titles and paths ends up in logs and on terminals. */
class LogInjectionTest {
    private static final String HOSTILE =
            "a title\r\n12:00:00.000 ERROR forged: all is lost\u001b[2J\u001b]0;owned\u0007\u009b31m\u2028\u202etxt\u0000\u0085end";

    @ParameterizedTest
    @ValueSource(strings = {"plain", "json"})
    void aMessageIsOneLineWithoutControlCharacters(String format) throws Exception {
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        context.putProperty("SURGEWIRE_LOG_FORMAT", format);
        String file = Files.readString(Path.of("src/main/resources/logback.xml"));
        configurator.doConfigure(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)));
        Logger logger = context.getLogger("org.surgewire.test");
        var appender = (ConsoleAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(format);
        var event = new LoggingEvent(
                "", logger, Level.WARN, "{} failed", new IllegalStateException(HOSTILE), new Object[] {HOSTILE});

        String line = new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);

        assertThat(line).contains("a title", "end").endsWith("\n");
        assertThat(line).doesNotContainPattern("[\\p{Cntrl}&&[^\\n]]").doesNotContain("\n12:00:00");
        if (format.equals("plain")) {
            assertThat(line).doesNotContain("\u202e", "\u2028", "\u009b").containsOnlyOnce("IllegalStateException");
            assertThat(line.lines().skip(2)).isNotEmpty().allMatch(each -> each.startsWith("    "));
        } else {
            assertThat(line.lines()).hasSize(1);
        }
        context.stop();
    }

    @Test
    void aLinePrintedBesideTheProgressIsOneLine() {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        try (var progress = ProgressBar.onStandardError("loading", 1)) {
            progress.print(out, HOSTILE);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).stripTrailing())
                .doesNotContainPattern("[\\p{Cntrl}\\x80-\\x9f\\u202e]");
    }
}
