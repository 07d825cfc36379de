package dev.braid;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds what ARCHITECTURE.md draws: modules in a line, no cycles, each library at its place. */
@AnalyzeClasses(packages = "dev.braid", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] MODEL_STORE = {"dev.braid.model..", "dev.braid.store.."};
  private static final String[] VLM = {"dev.braid.vlm.."};
  private static final String[] SPARK_JOBS = {"dev.braid.jobs.."};
  private static final String[] MERGE_DRIVER = {
    "dev.braid.bench..",
    "dev.braid.merge..",
    "dev.braid.driver..",
    "dev.braid.cli..",
    "dev.braid.report..",
    "dev.braid.demo.."
  };

  @ArchTest
  static final ArchRule modulesAreALine =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.braid..")
          .layer("model-store")
          .definedBy(MODEL_STORE)
          .layer("vlm")
          .definedBy(VLM)
          .layer("spark-jobs")
          .definedBy(SPARK_JOBS)
          .layer("merge-driver")
          .definedBy(MERGE_DRIVER)
          .whereLayer("merge-driver")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("spark-jobs")
          .mayOnlyBeAccessedByLayers("merge-driver")
          .whereLayer("vlm")
          .mayOnlyBeAccessedByLayers("spark-jobs", "merge-driver")
          .whereLayer("model-store")
          .mayOnlyBeAccessedByLayers("vlm", "spark-jobs", "merge-driver")
          .ensureAllClassesAreContainedInArchitecture();

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
          .resideOutsideOfPackages("dev.braid.store..", "dev.braid.jobs.dataset..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.hadoop..", "org.apache.parquet..");

  @ArchTest
  static final ArchRule sparkStaysInTheJobs =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.braid.jobs..", "dev.braid.driver..", "dev.braid.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule settingsAreReadInMergeDriverOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages(MERGE_DRIVER)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.typesafe.config..");

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
  static final ArchRule nothingIsDeserialised =
      noClasses().should().dependOnClassesThat().areAssignableTo(java.io.ObjectInputStream.class);
}
