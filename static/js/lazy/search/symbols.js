// What a formula's symbols are called in the index (src/notesite/math/findable.py): by one name each,
// in whichever way they are written.

/** @type {(text: string) => string[]} */
export const listed = (text) => text.trim().split(/\s+/);

/** @type {(text: string) => Map<string, string>} */
const paired = (text) => {
  const list = listed(text);
  return new Map(list.flatMap((word, at) => (at % 2 ? [] : [[word, list[at + 1]]])));
};

const GREEK = listed("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega");

/** @type {(letter: string) => string | undefined} */
export const greekName = (letter) => GREEK[(letter.toLowerCase().codePointAt(0) ?? 0) - 0x3b1];

export const SYMBOLS = paired(`∇ nabla ∂ partial ∑ sum ∏ prod ∫ int ∞ infty √ sqrt ∈ in ∉ notin ⊂ subset ⊆ subseteq ∪ cup ∩ cap ∖ setminus
  ∅ emptyset ∀ forall ∃ exists ∧ wedge ∨ vee → to ← gets ↦ mapsto ⇒ implies ⟹ implies ⇔ iff ⟺ iff ≤ leq ≥ geq ≠ neq
  ≈ approx ≡ equiv ∼ sim ≅ cong ∝ propto ≪ ll ≫ gg ⊥ perp × times ⊗ otimes ⊕ oplus ⊙ odot ∘ circ ± pm ÷ div ⊤ top
  ᵀ top † dagger ℓ ell ℏ hbar ∗ ast ⋆ star ⊢ vdash ⊨ models ¬ neg ∐ coprod ∬ iint ∭ iiint ∮ oint ∋ ni ⊃ supset
  ⊇ supseteq ⋃ cup ⋂ cap ⊔ sqcup ⊓ sqcap ⋀ wedge ⋁ vee ⟶ to ⟵ gets ⟼ mapsto ⇐ impliedby ⟸ impliedby ↔ leftrightarrow
  ↪ hookrightarrow ↠ twoheadrightarrow ⇀ rightharpoonup ⩽ leq ⩾ geq ≃ simeq ≺ prec ≻ succ ⪯ preceq ⪰ succeq ≼ preceq
  ≽ succeq ⟂ perp ⨂ otimes ⨁ oplus ⨀ odot ⊖ ominus ∓ mp ⊺ top ℑ im ℜ re ℵ aleph ℘ wp ı i ȷ j △ triangle ⋊ rtimes
  ⋉ ltimes ≀ wr ∠ angle ⌊ floor ⌈ ceil ∄ nexists □ square ■ blacksquare ◊ lozenge ★ bigstar ⊎ uplus ⨄ uplus ⨆ sqcup
  ⋄ diamond ∙ bullet • bullet ⊘ oslash ◯ bigcirc ‡ ddagger ⨿ amalg ⋈ bowtie ⊏ sqsubset ⊐ sqsupset ⊑ sqsubseteq
  ⊒ sqsupseteq ⊣ dashv ⊩ vdash ⊪ vvdash ∤ nmid ∦ nparallel ≍ asymp ≲ lesssim ≳ gtrsim ⪅ lessapprox ⪆ gtrapprox
  ◁ triangleleft ▷ triangleright ⊲ triangleleft ⊳ triangleright ⊴ trianglelefteq ⊵ trianglerighteq ⊊ subsetneq
  ⊋ supsetneq ⊈ nsubseteq ⊉ nsupseteq ≰ nleq ≱ ngeq ≮ nless ≯ ngtr ≁ nsim ≇ ncong ↑ uparrow ↓ downarrow ↕ updownarrow
  ⇑ uparrow ⇓ downarrow ↩ hookleftarrow ⇌ rightleftharpoons ⇝ leadsto ↝ leadsto ↣ rightarrowtail ↗ nearrow ↘ searrow
  ∁ complement ≊ approxeq ≾ precsim ≿ succsim ⋘ lll ⋙ ggg ⊛ circledast ⊞ boxplus ⊠ boxtimes ⊡ boxdot ⋋ leftthreetimes
  ⋌ rightthreetimes ⋎ curlyvee ⋏ curlywedge ⊸ multimap ↾ upharpoonright ⋔ pitchfork ≬ between ♭ flat ♮ natural
  ♯ sharp ♣ clubsuit ♡ heartsuit ✓ checkmark ✠ maltese ∯ oiint ▵ vartriangle ∡ measuredangle ∢ sphericalangle ℶ beth
  ℷ gimel ℸ daleth ϝ digamma * ast`);

export const ALIASES = paired(`le leq ge geq ne neq leqslant leq geqslant geq land wedge lor vee lnot neg rightarrow to
  longrightarrow to leftarrow gets longmapsto mapsto Rightarrow implies Longrightarrow implies Leftarrow impliedby
  Leftrightarrow iff Longleftrightarrow iff intercal top transpose top varnothing emptyset varepsilon epsilon
  vartheta theta varphi phi varrho rho varpi pi varsigma sigma varkappa kappa bigcup cup bigcap cap bigotimes otimes
  bigoplus oplus bigwedge wedge bigvee vee lVert norm Vert norm smallsetminus setminus
  bot perp Box square Diamond lozenge unlhd trianglelefteq unrhd trianglerighteq lhd triangleleft rhd triangleright
  rightsquigarrow leadsto bigodot odot biguplus uplus bigsqcup sqcup vDash models varlimsup lim varliminf lim surd sqrt
  thickapprox approx thicksim sim hslash hbar bigtriangleup triangle restriction upharpoonright
  owns ni preccurlyeq preceq succcurlyeq succeq imath i jmath j lfloor floor lceil ceil iff iff`);

/** Commands that set, and are no symbol. */
export const SILENT = new Set(listed(`left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr rVert mathbb
  mathcal mathscr mathfrak mathbf mathrm mathit mathsf mathtt boldsymbol bm text textrm textbf textit operatorname frac
  dfrac tfrac cfrac binom quad qquad displaystyle textstyle limits nolimits hat widehat tilde widetilde bar overline
  vec dot ddot check breve prime underline lvert rvert vert langle rangle lbrace rbrace rfloor rceil cdot cdots ldots
  dots vdots ddots mid colon coloneqq eqqcolon triangleq doteq because therefore backslash nonumber notag begin end rm bf it cal mathop ensuremath substack overset underset`));

/** Letters that are one name together. */
export const TOGETHER = new Set(listed("max min sup inf lim log ln exp det dim ker tr cov var kl gcd arg relu id op sin cos tan sgn diag rank span vec prox softmax"));

/** @type {[RegExp, string][]} How formulas are spoken of, and what of it is no name. */
export const SPOKEN = [
  [/\binner products?\b/g, "innerproduct"], [/\bpartial derivatives?\b/g, "derivative"], [/\bsquare roots?\b/g, "root"],
  [/\bexpected values?\b/g, "expectation"], [/\btensor products?\b/g, "tensor"], [/\breal numbers?\b/g, "reals"],
  [/\btransposed?\b/g, "transpose"], [/\bargm(in|ax)\b/g, "arg m$1"], [/\b(of|the|and|with|respect|for|von|der|des|die|und)\b/g, " "],
];
