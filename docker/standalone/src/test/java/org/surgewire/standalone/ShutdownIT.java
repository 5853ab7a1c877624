package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ShutdownIT {
    @Test
    void aSignalEndsAStandingProcessQuietlyWithCodeZero(@TempDir Path directory) throws Exception {
        List<String> command = Program.java();
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), StandingProcess.class.getName(), directory.toString()));
        Process process = new ProcessBuilder(command).start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("standing");
            // SIGTERM: a test that runs in the background may have to ignore Ctrl-C's SIGINT.
            process.toHandle().destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(out.readLine()).isNull();
            assertThat(process.errorReader(StandardCharsets.UTF_8).lines()).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }
}
