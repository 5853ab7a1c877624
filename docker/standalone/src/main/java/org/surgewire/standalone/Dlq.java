package org.surgewire.standalone;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "dlq",
        description = "Shows what could not be processed, and has it processed once more.",
        subcommands = {DlqList.class, DlqReplay.class},
        synopsisSubcommandLabel = "COMMAND")
final class Dlq implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: list or replay");
    }
}
