#include "rules/common_words.hpp"

#include "core/text/word_hash.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace rasid {
namespace {

struct CommonWords {
    std::string_view language;
    std::string_view words;  ///< folded, separated by blanks
};

constexpr std::array<CommonWords, 12> kCommonWords = {{
    {"en", "the a an and or but if then than is are was were be been being am i you he she it we they me him her "
           "us them my your his its "
           "our their this that these those of in to for on at by from with about into over after before between "
           "out up down off again "
           "not no nor so too very can could will would shall should may might must do does did done doing have "
           "has had having what which "
           "who whom when where why how all any both each few more most other some such only own same just don't "
           "dont can't cant won't "
           "wont isn't isnt i'm im it's 's i've ive you're youre didn't didnt doesn't doesnt there here now today "
           "tomorrow yesterday "
           "tonight morning night day week year time please thanks thank love like want need get got go going gone "
           "come coming see "
           "look know think make made take work working still never ever always much many lot really good great "
           "best better bad worse "
           "worst new old first last last one two people man woman thing things way back because while until "
           "though yes yeah ok okay "
           "hey hello hi lol lmao omg wow nice cool awesome amazing terrible awful horrible happy sad sorry hate "
           "hope feel feeling "
           "coffee order service delivery app customer support phone store shop price free waiting wait help team "
           "every day let lets "
           "gonna wanna gotta u ur tho bout"},
    {"fr", "le la les un une des du de et ou mais donc est sont etait était être etre je tu il elle nous vous ils "
           "elles ce cet cette ces "
           "mon ma mes ton ta tes son sa ses notre votre leur leurs qui que quoi dont où dans sur sous avec sans "
           "pour par pas ne plus "
           "très tres bien mal trop merci bonjour oui non c'est j'ai qu'il d'un d'une l'on au aux en y se si tout "
           "tous fait faire avoir "
           "même comme aussi encore toujours jamais rien chez"},
    {"es",
     "el la los las un una unos unas de del y o pero es son era fue ser estar está estoy yo tú él ella nosotros "
     "ellos que qué quien "
     "cuando donde como cómo por para con sin sobre no sí si muy más mas mi mis tu tus su sus este esta esto ese "
     "esa eso lo le les "
     "se me te nos gracias hola bueno buena bien mal hay ya también porque todo todos nada siempre nunca ha he al"},
    {"de", "der die das den dem des ein eine einen einem einer und oder aber ist sind war waren sein ich du er sie "
           "es wir ihr mich dich "
           "mir dir uns euch mein dein sein nicht kein keine mit ohne für auf aus bei nach von vor zu zum zur im "
           "in am an als auch nur "
           "noch schon sehr so wie was wer wo wann warum danke bitte ja nein haben hat habe wird werden kann mehr "
           "immer wieder über"},
    {"it", "il lo la gli le un uno una di del della dei delle e o ma è sono era essere io tu lui lei noi voi loro "
           "che chi cosa quando dove "
           "come perché per con senza su non più molto bene male mio tuo suo questo questa quello quella si mi ti "
           "ci vi grazie ciao "
           "anche ancora sempre mai niente tutto tutti ho ha hanno al nel alla"},
    {"pt", "o a os as um uma de do da dos das e ou mas é são era foi ser estar está eu tu ele ela nós vocês você "
           "eles que quem quando onde "
           "como por para com sem sobre não sim muito mais meu minha seu sua este esta isto esse essa isso se me "
           "te nos obrigado "
           "obrigada olá bom boa bem mal já também porque tudo todos nada sempre nunca tem ao à"},
    {"tr", "ve veya ama bir bu şu o ben sen biz siz onlar mi mı mu mü değil çok daha en için ile gibi kadar ne "
           "nasıl neden nerede kim var "
           "yok evet hayır teşekkürler merhaba iyi kötü güzel şey her hiç olarak olan oldu ki de da"},
    {"id", "yang dan di ke dari ini itu untuk dengan tidak ada akan saya kamu aku dia mereka kita kami juga sudah "
           "belum bisa karena atau "
           "tapi lebih sangat apa siapa kapan dimana bagaimana terima kasih selamat nya banget gak nggak aja lagi"},
    {"nl", "de het een en of maar is zijn was waren ik jij je hij zij wij jullie ze mij jou hem haar ons mijn jouw "
           "niet geen met zonder "
           "voor op uit bij na van naar om te als ook nog al zeer zo hoe wat wie waar wanneer waarom bedankt ja "
           "nee heb heeft hebben "
           "kan meer altijd deze dit dat"},
    // Folded, hence with the Arabic ك, ي and ه in Persian and Urdu words.
    {"fa", "است كه اين را براي با از به هاي ها مي نيست بود شد شده كرد كرده خيلي چرا چي هم يك دارد دارم باشد خواهد "
           "بسيار نمي ايران سلام آن ان"},
    {"ur",
     "هي كا كي كو ميں هيں نهيں سي يه وه اور پر تها تهي كر بهي ايك هو گيا رهي رها آپ اپ هم كيا جو تو پاكستان نے ہے"},
    {"ar", "في من علي الي عن ان هذا هذه ذلك التي الذي ما لا لم لن كان كانت هو هي انا انت نحن هم كل بعد قبل عند مع "
           "او ثم قد يا و "
           "مش مو مب ليش شو ايش وش عشان علشان اللي الي بس كده كدا هيك كثير كتير جدا اليوم الله والله لو اذا حتي "
           "غير بين لكن "
           "دي ده دا فيه وين فين ليه متي كيف ازاي"},
}};

using Table = std::unordered_map<std::uint64_t, std::uint16_t>;

const Table& table() {
    static const auto words = [] {
        Table made;
        for (std::size_t language = 0; language < kCommonWords.size(); ++language) {
            auto rest = kCommonWords[language].words;
            while (!rest.empty()) {
                const auto space = rest.find(' ');
                made[hash_word(rest.substr(0, space))] |= static_cast<std::uint16_t>(1U << language);
                rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
            }
        }
        return made;
    }();
    return words;
}

}  // namespace

const std::vector<std::string_view>& languages_with_common_words() {
    static const auto languages = [] {
        std::vector<std::string_view> names;
        for (const auto& list : kCommonWords) names.push_back(list.language);
        return names;
    }();
    return languages;
}

std::uint16_t languages_of_common_word(std::uint64_t hash) {
    const auto found = table().find(hash);
    return found == table().end() ? std::uint16_t{0} : found->second;
}

bool is_common_word(std::string_view language, std::uint64_t hash) {
    const auto& names = languages_with_common_words();
    const auto at = std::find(names.begin(), names.end(), language);
    return at != names.end() && (languages_of_common_word(hash) >> (at - names.begin()) & 1U) != 0;
}

}  // namespace rasid
