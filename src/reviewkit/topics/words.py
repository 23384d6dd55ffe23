"""Words that say nothing of a paper's topic: those that papers of every field are made of."""

from __future__ import annotations

#: Words of papers in general; scikit-learn's English stop words come on top.
WORDS = frozenset(
    """
    abstract accelerate accelerates accelerating accelerate accuracy accurate achieve achieved
    achieves achieving across adapt address addresses addressing aim aims allow allows analyses
    analysis analyze analyzed applicable application applications apply approach approaches
    article artifact artifacts aspect aspects author authors available average baseline baselines
    based begin benefit benefits best better bottlenecks case cases challenge challenges
    challenging codebase combine combines combining common commonly compare compared comparison
    competitive complex comprehensive computational compute computation computations compute
    conclude conclusion conclusions conduct conducted consider considered consistently constraints
    contribution contributions cost costs current currently data dataset datasets deep deliver
    delivers demonstrate demonstrated demonstrates demonstrating demonstrations depend design
    designed designs despite detail details detailed develop developed developing development
    different difficult directly discuss discussed distinct diverse drop easily easy effect
    effective effectively effectiveness effects efficacy efficiency efficient efficiently empirical
    empirically enable enables enabling end enhance enhanced enhances enhancing ensure ensures
    ensuring entire especially establish evaluate evaluated evaluating evaluation evaluations
    evidence example examples existing experiment experimental experiments explore explored
    explores exploring extensive extensively extra fast faster feature features field finally
    finding findings focus focuses following framework frameworks function functions furthermore
    future gain gains general generally github given goal good great greater growing guarantee
    hence high higher highest highly however identify impact implement implementation
    implementations implemented important improve improved improvement improvements improves
    improving include includes including increase increased increases increasing increasingly
    information inform input inputs inspired instead introduce introduced introduces introducing
    investigate investigated issue issues key known lack large larger largely lead leading leads
    learn learned learning length leverage leverages leveraging like limit limitation limitations
    limited literature little long low lower main mainly maintain maintaining maintains make makes
    making maximum mean meaning means measure measured mechanism mechanisms method methodology
    methods minimal minimum model models modern module modules moreover motivated multiple natural
    nature necessary need needed needs network networks neural new novel number numerous objective
    obtain obtained offer offers online open order original outperform outperforming outperforms
    output outputs overall paper papers parameter parameters particular particularly perform
    performance performed performing performs phase phases plus possible potential potentially
    practical practice practices present presented presenting presents preserve preserving previous
    previously prior problem problems procedure process processes processing propose proposed
    proposes proposing prove provide provided provides providing public publicly quality question
    questions range rate rates real reach reaches recent recently reduce reduced reduces reducing
    reduction reductions related relative relevant rely remain remains report reported represent
    require required requirement requirements requires requiring research researchers resource
    resources respectively result resulting results reveal review run running runs scalability
    scalable scale scales scaling scenario scenarios science search-based second section set sets
    setting settings setup several short show showed showing shown shows significant significantly
    similar simple simply simultaneously single size sizes slightly small smaller solution
    solutions solve solving source sota specific specifically stage stages standard state
    state-of-the-art step steps strategies strategy strong structure structures studied studies
    study substantial substantially successful suffer suggest suitable superior support supports
    system systematic systems tackle target task tasks technique techniques term terms test tested
    testing theoretical theory thorough throughout time times today total trade-off trade-offs
    tradeoff traditional train trained training trains try type types typical typically understand
    understanding unified unique unlike use used useful user users uses using usually utilize
    utilized utilizes utilizing validate validated validation value values variety various vary
    versus wide widely widespread work works world worse year years yield yielding yields
    aimed background participants patients-reported included inclusion criteria records searched
    published publications trial trials intervention interventions outcome outcomes ci confidence
    interval group groups randomized systematic-review conclusion objectives purpose
    frac mathbf mathrm mathcal text textit textbf emph sim times url
    """.split()
)
