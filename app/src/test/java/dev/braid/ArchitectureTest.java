package dev.braid;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Holds what ARCHITECTURE.md draws: modules in a line with one beside it, no cycles, each library
 * at its place.
 */
@AnalyzeClasses(packages = "dev.braid", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] MODEL_STORE = {"dev.braid.model..", "dev.braid.store.."};
  private static final String[] VLM = {"dev.braid.vlm.."};
  private static final String[] INFERENCE = {"dev.braid.inference.."};
  private static final String[] SERVING = {"dev.braid.serving.."};
  private static final String[] SPARK_JOBS = {"dev.braid.jobs.."};
  private static final String[] MERGE_DRIVER = {
    "dev.braid", "dev.braid.merge..", "dev.braid.driver..", "dev.braid.settings.."
  };
  private static final String[] APP = {
    "dev.braid.cli..", "dev.braid.report..", "dev.braid.demo..", "dev.braid.bench.."
  };

  /** A package is a room that a newcomer takes in at once. */
  private static final int MOST_FILES = 25;

  @ArchTest
  static final ArchRule modulesAreALine =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.braid..")
          .layer("model-store")
          .definedBy(MODEL_STORE)
          .layer("vlm")
          .definedBy(VLM)
          .layer("inference")
          .definedBy(INFERENCE)
          .layer("spark-jobs")
          .definedBy(SPARK_JOBS)
          .layer("merge-driver")
          .definedBy(MERGE_DRIVER)
          .layer("serving")
          .definedBy(SERVING)
          .layer("app")
          .definedBy(APP)
          .whereLayer("app")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("serving")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("merge-driver")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("spark-jobs")
          .mayOnlyBeAccessedByLayers("merge-driver", "app")
          .whereLayer("inference")
          .mayOnlyBeAccessedByLayers("spark-jobs", "merge-driver", "serving", "app")
          .whereLayer("vlm")
          .mayOnlyBeAccessedByLayers("inference", "spark-jobs", "merge-driver", "serving", "app")
          .whereLayer("model-store")
          .mayOnlyBeAccessedByLayers(
              "vlm", "inference", "spark-jobs", "merge-driver", "serving", "app")
          .ensureAllClassesAreContainedInArchitecture();

  /**
   * No package holds more files than a newcomer takes in at once; one that must says why in its
   * package-info, and is named here.
   */
  @ArchTest
  static void packagesAreRooms(JavaClasses classes) {
    Map<String, Long> files =
        classes.stream()
            .filter(each -> !each.getSimpleName().equals("package-info"))
            .filter(each -> each.getEnclosingClass().isEmpty())
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(files)
        .isNotEmpty()
        .allSatisfy((room, count) -> assertThat(count).as(room).isLessThanOrEqualTo(MOST_FILES));
  }

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("dev.braid.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule valuesDoNoInputOrOutput =
      noClasses()
          .that()
          .resideInAPackage("dev.braid.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.hadoop..", "org.apache.parquet..", "com.fasterxml..", "java.nio.file..");

  @ArchTest
  static final ArchRule mergeArithmeticImportsNoEngine =
      classes()
          .that()
          .resideInAPackage("dev.braid.merge..")
          .and()
          .resideOutsideOfPackage("dev.braid.merge.vector..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.braid.merge..", "dev.braid.model..", "org.jspecify..");

  @ArchTest
  static final ArchRule vectorsStayInTheirPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.braid.merge.vector..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jdk.incubator..", "dev.braid.merge.vector..");

  @ArchTest
  static final ArchRule djlStaysInTheTensorAndTextPackages =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.braid.vlm.tensor..", "dev.braid.vlm.text..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule hadoopAndParquetStayInTheStoreAndTheDataSets =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.braid.store..", "dev.braid.jobs.dataset..", "dev.braid.jobs.source..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.hadoop..", "org.apache.parquet..");

  @ArchTest
  static final ArchRule sparkStaysInTheJobs =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.braid",
              "dev.braid.jobs..",
              "dev.braid.driver..",
              "dev.braid.cli..",
              "dev.braid.demo",
              "dev.braid.bench.evaluate..",
              "dev.braid.bench.stream..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  /** Beside the settings, the demo and comparisons read files of the same form. */
  @ArchTest
  static final ArchRule settingsAreReadAtTheirPlace =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.braid.settings..", "dev.braid.cli..", "dev.braid.demo")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.typesafe.config..");

  @ArchTest
  static final ArchRule commandLineParsingStaysInTheCommands =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.braid.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule drawingStaysInTheCharts =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.braid.report.chart..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jetbrains.letsPlot..", "kotlin..");

  @ArchTest
  static final ArchRule htmlStaysInThePage =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.braid.report.page..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("j2html..");

  /** A Java without a display may lack fonts too, and AWT fails there. */
  @ArchTest
  static final ArchRule reportsNeedNoDisplay =
      noClasses()
          .that()
          .resideInAPackage("dev.braid.report..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.awt..");

  @ArchTest
  static final ArchRule theHttpServerStaysInTheTransport =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.braid.serving.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.undertow..", "org.xnio..");

  @ArchTest
  static final ArchRule metricsAreCountedAtTheirPlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.braid.serving.metrics..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.prometheus..");

  @ArchTest
  static final ArchRule nothingIsDeserialised =
      noClasses().should().dependOnClassesThat().areAssignableTo(java.io.ObjectInputStream.class);
}
