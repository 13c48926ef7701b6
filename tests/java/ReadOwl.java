import java.io.File;
import java.util.stream.Stream;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.AxiomType;
import org.semanticweb.owlapi.model.OWLAxiom;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.Profiles;

/** What the OWL API, which Protégé is made with, reads in a file: facts, facts with annotations, what is not OWL 2 DL. */
class ReadOwl {
    public static void main(String[] files) throws Exception {
        var ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(files[0]));
        System.out.println("facts " + facts(ontology).count());
        System.out.println("annotated " + facts(ontology).filter(OWLAxiom::isAnnotated).count());
        Profiles.OWL2_DL.checkOntology(ontology).getViolations().forEach(each -> System.out.println("violation " + each));
    }

    static Stream<? extends OWLAxiom> facts(OWLOntology ontology) {
        return Stream.concat(
            ontology.axioms(AxiomType.OBJECT_PROPERTY_ASSERTION), ontology.axioms(AxiomType.DATA_PROPERTY_ASSERTION));
    }
}
