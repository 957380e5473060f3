package ijen.example;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who may use whom. The order is explained in ARCHITECTURE.md.
class ArchitectureTest {
  /// All packages, in one chain: each uses only those before it. The two in one link are one
  /// concept in two packages: a graph has a method for each op, and an op is written against graph
  /// types.
  private static final List<List<String>> CHAIN =
      List.of(
          List.of("ijen.random"),
          List.of("ijen.kernel"),
          List.of("ijen.graph", "ijen.op"),
          List.of("ijen.format"),
          List.of("ijen.format.json"),
          List.of("ijen.format.onnx"),
          List.of("ijen.format.idx"),
          List.of("ijen.format.npy"),
          List.of("ijen.format.cifar"),
          List.of("ijen.format.image"),
          List.of("ijen.format.csv"),
          List.of("ijen.format.arff"),
          List.of("ijen.format.hdf5"),
          List.of("ijen.format.safetensors"),
          List.of("ijen.data"),
          List.of("ijen.nn"),
          List.of("ijen.loss"),
          List.of("ijen.optim"),
          List.of("ijen.metric"),
          List.of("ijen.model"),
          List.of("ijen.onnx"),
          List.of("ijen.train"),
          List.of("ijen.plot"),
          List.of("ijen.run"),
          List.of("ijen.store"),
          List.of("ijen.mlflow"),
          List.of("ijen.check"),
          List.of("ijen.theory"),
          List.of("ijen.tune"),
          List.of("ijen.recipe"),
          List.of("ijen.study"),
          List.of("ijen.report"),
          List.of("ijen.cli"),
          List.of("ijen.bench.machine"),
          List.of("ijen.bench.kernel"),
          List.of("ijen.bench.workload"),
          List.of("ijen.bench.peer"),
          List.of("ijen.bench.report"),
          List.of("ijen.bench.tuning"),
          List.of("ijen.bench"),
          List.of("ijen.example"));

  private static final JavaClasses IJEN = read();

  private static JavaClasses read() {
    // Other libraries' classes need not be looked into: their names are enough, and it takes long.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .withImportOption(place -> !place.contains("/jmh_generated/"))
        .importPackages("ijen");
  }

  static List<String> packages() {
    return CHAIN.stream().flatMap(List::stream).toList();
  }

  @Test
  void everyPackageHasItsPlace() throws Exception {
    TreeSet<String> found = new TreeSet<>();
    IJEN.forEach(type -> found.add(type.getPackageName()));
    assertThat(packages()).containsExactlyInAnyOrderElementsOf(found);
    String text = Files.readString(Repository.root().resolve("ARCHITECTURE.md"));
    assertThat(packages()).filteredOn(name -> !text.contains("`" + name + "`")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void usesOnlyWhatIsBeforeIt(String name) {
    List<String> allowed = new ArrayList<>();
    for (List<String> link : CHAIN) {
      allowed.addAll(link);
      if (link.contains(name)) {
        break;
      }
    }
    noClasses()
        .that()
        .resideInAPackage(name)
        .should()
        .dependOnClassesThat(
            is(
                "in a later package",
                type ->
                    type.getPackageName().startsWith("ijen")
                        && !allowed.contains(type.getPackageName())))
        .check(IJEN);
  }

  @Test
  void whatIsLearntKnowsNoData() {
    noClasses()
        .that()
        .resideInAnyPackage("ijen.nn", "ijen.loss", "ijen.optim")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ijen.data")
        .check(IJEN);
  }

  @Test
  void onlyKernelsKnowTheVectorApi() {
    // Measuring what the processor can do takes its instructions, too.
    onlyIn("jdk.incubator.vector..", "ijen.kernel", "ijen.bench.machine");
  }

  @Test
  void everyLibraryHasItsPackages() {
    onlyIn("tools.jackson..", "ijen.format.json", "ijen.format.safetensors");
    onlyIn("io.jhdf..", "ijen.format.hdf5");
    onlyIn("de.siegmar.fastcsv..", "ijen.format.csv");
    onlyIn("org.snakeyaml..", "ijen.recipe");
    onlyIn("org.sqlite..", "ijen.store");
    onlyIn("java.sql..", "ijen.store");
    onlyIn("picocli..", "ijen.cli", "ijen.bench");
    onlyIn("org.openjdk.jmh..", "ijen.bench.kernel");
  }

  @Test
  void theEngineNeedsTheJdkOnly() {
    classes()
        .that()
        .resideInAnyPackage("ijen.random", "ijen.kernel", "ijen.graph", "ijen.op")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "jdk.incubator.vector",
            "org.jspecify..",
            "ijen.random",
            "ijen.kernel",
            "ijen.graph",
            "ijen.op")
        .check(IJEN);
  }

  @Test
  void noNameSaysNothing() {
    List<String> empty = List.of("util", "utils", "common", "impl", "manager", "helper", "misc");
    assertThat(packages())
        .noneMatch(name -> Stream.of(name.split("\\.")).anyMatch(empty::contains));
    assertThat(IJEN.stream().map(JavaClass::getSimpleName))
        .noneMatch(
            name -> name.matches(".*(Impl|Manager|Utils?|Helper)|(Default|Abstract|Base)[A-Z].*"));
  }

  /// Code that another package calls is documented where its package is: every package says what it
  /// is.
  @ParameterizedTest
  @MethodSource("packages")
  void saysWhatItIs(String name) throws Exception {
    String place = "src/main/java/" + name.replace('.', '/') + "/package-info.java";
    List<String> found =
        Repository.files("package-info.java").stream()
            .filter(file -> file.endsWith(place))
            .map(ArchitectureTest::read)
            .toList();
    assertThat(found).as(place).hasSize(1);
    assertThat(found.getFirst()).startsWith("///").contains("@NullMarked", "[ijen.");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void onlyIn(String library, String... homes) {
    noClasses()
        .that()
        .resideOutsideOfPackages(homes)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(IJEN);
    String prefix = library.replace("..", "");
    for (String home : homes) { // or the rule says nothing
      assertThat(
              IJEN.stream()
                  .filter(type -> type.getPackageName().equals(home))
                  .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                  .map(dependency -> dependency.getTargetClass().getPackageName()))
          .as("%s uses %s", home, prefix)
          .anyMatch(name -> name.startsWith(prefix));
    }
  }

  private static DescribedPredicate<JavaClass> is(String what, Predicate<JavaClass> test) {
    return DescribedPredicate.describe(what, test);
  }
}
