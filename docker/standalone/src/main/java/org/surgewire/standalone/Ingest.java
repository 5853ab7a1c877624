package org.surgewire.standalone;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "ingest",
        description = {
            "Reads sources and files into a Kafka cluster.",
            "",
            "Sources stand in a file of YAML; the one that ships is used where --sources names none."
                    + " Hosts are read politely and never past a refusal.",
        },
        subcommands = {IngestRun.class, IngestOnce.class, IngestCheck.class, IngestBackfill.class, IngestFile.class},
        synopsisSubcommandLabel = "COMMAND")
final class Ingest implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: run, once, check, backfill or file");
    }
}
