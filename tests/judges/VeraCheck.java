import java.io.File;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import org.verapdf.ReleaseDetails;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Validates PDF files with veraPDF's library, which is packaged without its command line.
 *
 * <p>usage: VeraCheck FLAVOUR[,FLAVOUR...] FILE... with flavours such as ua1 and 2a. Prints a line
 * for each file and flavour, and for each broken rule one with its clause, how often it is broken,
 * why and where first. Exit code 0: all files pass; 1: some fail; 2: some could not be checked.
 */
public class VeraCheck {
    public static void main(String[] arguments) {
        LogManager.getLogManager().reset();
        if (arguments.length == 1 && arguments[0].equals("--version")) {
            System.out.println("veraPDF " + version());
            return;
        }
        if (arguments.length < 2) {
            System.err.println("usage: VeraCheck FLAVOUR[,FLAVOUR...] FILE...");
            System.exit(2);
        }
        VeraGreenfieldFoundryProvider.initialise();
        int worst = 0;
        for (int i = 1; i < arguments.length; i++) {
            for (String name : arguments[0].split(",")) {
                worst = Math.max(worst, check(arguments[i], flavour(name)));
            }
        }
        System.exit(worst);
    }

    private static String version() {
        ReleaseDetails.addDetailsFromResource(
                ReleaseDetails.APPLICATION_PROPERTIES_ROOT + "core." + ReleaseDetails.PROPERTIES_EXT);
        for (ReleaseDetails details : ReleaseDetails.getDetails()) {
            return details.getVersion();
        }
        return "of an unknown version";
    }

    /** Exact: the library's own look-up takes unknown names for the nearest known one. */
    private static PDFAFlavour flavour(String name) {
        for (PDFAFlavour flavour : PDFAFlavour.values()) {
            if (flavour != PDFAFlavour.NO_FLAVOUR && flavour.getId().equals(name)) {
                return flavour;
            }
        }
        System.err.println("unknown flavour " + name);
        System.exit(2);
        return null;
    }

    private static int check(String file, PDFAFlavour flavour) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour)) {
            PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false);
            ValidationResult result = validator.validate(parser);
            String verdict = result.isCompliant() ? "PASS " : "FAIL ";
            System.out.println(verdict + file + " " + flavour.getId());
            printBroken(result);
            return result.isCompliant() ? 0 : 1;
        } catch (Throwable error) {
            System.out.println("ERROR " + file + " " + flavour.getId() + " " + error);
            return 2;
        }
    }

    private static void printBroken(ValidationResult result) {
        Map<RuleId, Integer> broken = result.getFailedChecks();
        List<RuleId> rules = new ArrayList<>(broken.keySet());
        rules.sort(Comparator.comparing(RuleId::getClause).thenComparing(RuleId::getTestNumber));
        for (RuleId rule : rules) {
            System.out.println("  " + rule.getClause() + "-" + rule.getTestNumber()
                    + " x" + broken.get(rule) + " " + first(result, rule));
        }
    }

    private static String first(ValidationResult result, RuleId rule) {
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getRuleId().equals(rule)
                    && assertion.getStatus() == TestAssertion.Status.FAILED) {
                String message = assertion.getErrorMessage();
                return (message != null ? message : assertion.getMessage())
                        + " at " + assertion.getLocation().getContext();
            }
        }
        return "";
    }
}
