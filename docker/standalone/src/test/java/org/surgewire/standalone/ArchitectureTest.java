package org.surgewire.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.surgewire.standalone.broker.EmbeddedBroker;

@AnalyzeClasses(packages = "org.surgewire", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule INGEST_AND_STREAMS_NEVER_SEE_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage("org.surgewire.ingest..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.surgewire.streams..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule STREAMS_NEVER_SEES_INGEST = noClasses()
            .that()
            .resideInAPackage("org.surgewire.streams..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.surgewire.ingest..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule SCHEMAS_DEPEND_ON_NOTHING_OF_OURS = noClasses()
            .that()
            .resideInAPackage("org.surgewire.schemas..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.surgewire.ingest..", "org.surgewire.streams..", "org.surgewire.standalone..");

    @ArchTest
    static final ArchRule BROKER_AND_REGISTRY_KNOW_NOTHING_OF_THE_COMMANDS = classes()
            .that()
            .resideInAnyPackage("org.surgewire.standalone.broker..", "org.surgewire.standalone.registry..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("org.surgewire.standalone.broker..", "org.surgewire.standalone.registry..")
                            .or(not(resideInAnyPackage("org.surgewire.."))));

    @ArchTest
    static final ArchRule KAFKA_INTERNALS_ARE_USED_IN_ONE_FILE = noClasses()
            .that()
            .doNotBelongToAnyOf(EmbeddedBroker.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "kafka..",
                    "org.apache.kafka.metadata..",
                    "org.apache.kafka.server..",
                    "org.apache.kafka.common.utils.internals..");

    @ArchTest
    static final ArchRule ONLY_MAIN_ENDS_THE_PROCESS =
            noClasses().that().areNotAssignableTo(Surgewire.class).should().callMethod(System.class, "exit", int.class);
}
