# Thư mời của đợt
invitations-title = Thư mời
invitations-intro = Mời qua thư điện tử: mỗi địa chỉ nhận một đường dẫn riêng, dùng được một lần. Hệ thống biết địa chỉ nào đã dùng đường dẫn để khỏi nhắc lại; không ai biết người đó trả lời gì. Nhà trường không thấy danh sách này.
invitations-no-codes = Chỉ mời qua thư được khi đợt dùng mã một lần.
invitations-tile-people = địa chỉ
invitations-tile-unspent = đường dẫn chưa dùng
invitations-tile-sent = thư đã gửi
invitations-tile-waiting = thư đang chờ
invitations-tile-refused = thư bị từ chối
invitations-tile-unconfirmed = thư chưa rõ tới nơi
invitations-tile-given-up = thư không gửi nữa
invitations-letters = Các thư của đợt
invitations-no-letter = Chưa có thư nào. Anh/chị hãy thêm địa chỉ, rồi viết thư mời.
invitations-subject = Tiêu đề
invitations-due = Gửi từ
invitations-written = Số thư
invitations-planned = Chờ đến giờ
invitations-running = Đang gửi
invitations-stays = Đã gửi; ai được thêm thì gửi tiếp
invitations-done = Đã gửi hết
invitations-stopped = Đã dừng
invitations-stop = Dừng thư
invitations-said-stopped = Đã dừng. Thư đang chờ không gửi nữa; thư đã gửi thì vẫn đến nơi.
invitations-nothing-to-stop = Thư này đã dừng từ trước.
invitations-write = Viết thư mời
invitations-remind = Viết thư nhắc
invitations-add = Thêm địa chỉ
invitations-add-text = Tệp Excel hoặc CSV có cột thư điện tử; cột họ tên và mã trường thì tùy. Hoặc dán mỗi dòng một địa chỉ. Có một dòng sai thì chưa thêm dòng nào.
invitations-for-school = Trường, khi danh sách không ghi
invitations-school-in-list = Ghi trong danh sách
invitations-file = Tệp danh sách
invitations-pasted = Hoặc dán danh sách
invitations-add-now = Thêm vào danh sách
invitations-try = Kiểm tra trước
invitations-row = Dòng
invitations-mistake = Cần sửa
invitations-list-wrong = Danh sách có chỗ cần sửa. Chưa có địa chỉ nào được thêm.
invitations-converted = Chữ trong danh sách gõ bằng phông cũ (VNI hoặc TCVN3) và đã được đổi sang Unicode ở ô bên dưới. Anh/chị xem lại rồi bấm thêm.
invitations-tried = Danh sách không có lỗi: { $shown } địa chỉ. Anh/chị bấm “Thêm vào danh sách”.
invitations-added = Đã thêm { $new } địa chỉ. Đã có từ trước: { $known }. Không muốn nhận thư: { $left }.
invitations-schools = Theo trường
invitations-few = Dưới { $k } địa chỉ: ai đọc được từng phiếu của trường có thể đoán ra người trả lời. Xin mời thêm người, hoặc phát mã bằng giấy.
invitations-silent = Địa chỉ không gửi thư nữa
invitations-why = Vì sao
invitations-left = Đã xin không nhận thư
invitations-refused = Thư không đến được
invitations-back = Thư bị trả lại, hoặc xin xóa địa chỉ
invitations-back-text = Dán các địa chỉ, hoặc dán cả thư báo lỗi của máy chủ: hệ thống tự tìm địa chỉ trong đó. Xóa địa chỉ thì đường dẫn chưa dùng cũng hết hiệu lực.
invitations-addresses = Địa chỉ
invitations-mark = Đánh dấu không gửi được
invitations-remove = Xóa khỏi danh sách
invitations-nobody-meant = Không có địa chỉ nào trong số này ở danh sách của đợt.
invitations-marked = Đã đánh dấu { $shown } địa chỉ không gửi được.
invitations-removed = Đã xóa { $shown } địa chỉ.
invitations-kept = Địa chỉ được lưu ở dạng mã hóa và bị xóa khi đợt không nhận phiếu nữa, tức 24 giờ sau giờ đóng. Lời xin không nhận thư được giữ lại, không kèm địa chỉ.

list-error-address = “{ $found }” chưa phải địa chỉ thư điện tử.
list-error-school = Đợt này không hỏi về “{ $found }”, hoặc trường này không còn liên kết đang dùng.
list-error-no-school = Dòng của { $found } chưa ghi trường. Anh/chị chọn một trường ở trên, hoặc thêm cột mã trường.
list-error-legacy = “{ $found }” gõ bằng phông cũ (VNI hoặc TCVN3).
list-error-name = Họ tên dài quá 120 ký tự: { $found }
list-error-nobody = Không có dòng nào. Anh/chị hãy chọn tệp hoặc dán danh sách.
list-error-many = Mỗi lần thêm được nhiều nhất { $most } địa chỉ. Anh/chị hãy chia danh sách thành nhiều tệp.

mailing-invitation = Thư mời
mailing-reminder = Thư nhắc
mailing-invitation-title = Viết thư mời
mailing-reminder-title = Viết thư nhắc
mailing-invitation-intro = Gửi cho mọi địa chỉ trong danh sách khi đợt đã mở. Ai được thêm sau thì nhận sau.
mailing-reminder-intro = Chỉ gửi cho người đã được mời mà đường dẫn chưa dùng, tính vào lúc gửi.
mailing-invitation-subject = Mời góp ý về { "{" }truong{ "}" }
mailing-invitation-text =
    Kính gửi { "{" }ten{ "}" },

    Xin mời ông/bà góp ý về { "{" }truong{ "}" }. Phiếu trả lời mất vài phút, không ghi tên, không cần đăng nhập. Tích cực hay chưa tích cực, ý kiến nào cũng có ích.

    Đường dẫn dưới đây dành riêng cho ông/bà, dùng được một lần, đến { "{" }han{ "}" }:

    { "{" }duong_dan{ "}" }

    Trân trọng cảm ơn.
mailing-reminder-subject = Nhắc: góp ý về { "{" }truong{ "}" } đến { "{" }han{ "}" }
mailing-reminder-text =
    Kính gửi { "{" }ten{ "}" },

    Đường dẫn riêng của ông/bà để góp ý về { "{" }truong{ "}" } chưa được dùng. Nếu muốn góp ý, xin ông/bà trả lời trước { "{" }han{ "}" }:

    { "{" }duong_dan{ "}" }

    Nếu đã góp ý bằng cách khác hoặc không muốn góp ý, xin bỏ qua thư này. Trân trọng cảm ơn.
mailing-notice =
    Vì sao có thư này: { $owner } mời ông/bà góp ý. Hệ thống biết đường dẫn của địa chỉ nào đã dùng, để khỏi nhắc lại, nhưng không biết ai trả lời gì: phiếu không gắn với địa chỉ. Nhà trường không thấy danh sách người được mời. Xin không chuyển đường dẫn cho người khác. Địa chỉ bị xóa khỏi hệ thống sau ngày { $until }. Liên hệ: { $contact }

    Không muốn nhận thư nữa: { $leave }
invitations-nameless = ông/bà
placeholder-duong-dan = đường dẫn riêng, bắt buộc có
placeholder-ten = họ tên trong danh sách, hoặc “ông/bà”
placeholder-truong = tên trường
placeholder-han = giờ và ngày đóng đợt
letter-error-empty = Anh/chị hãy viết chỗ này.
letter-error-long = Dài quá { $most } ký tự.
letter-error-unknown = Không có chỗ điền { $name }. Anh/chị xem các chỗ điền bên trên.
letter-error-open = Có dấu { "{" } chưa có dấu { "}" } đi kèm.
letter-error-no-link = Thư chưa có đường dẫn: hãy thêm { "{" }duong_dan{ "}" }.
letter-error-link = Tiêu đề không mang đường dẫn được.
invitations-from = Người gửi
invitations-text = Nội dung
invitations-places = Các chỗ điền:
invitations-always = Luôn kèm dưới thư
invitations-when = Gửi từ lúc nào
invitations-when-text = Giờ Việt Nam. Lúc đã qua thì gửi ngay, nếu đợt đang mở.
invitations-day = Ngày
invitations-time = Giờ
invitations-moment-wrong = Anh/chị hãy chọn ngày và giờ.
invitations-too-late = Lúc này đợt đã đóng. Anh/chị chọn lúc sớm hơn, hoặc gia hạn đợt.
invitations-repeated = Đã có thư như vậy rồi. Muốn thay, anh/chị dừng thư cũ trước.
invitations-plan = Xếp lịch gửi
invitations-planned-for = Đã xếp lịch: gửi từ { $due }.
invitations-look = Xem trước
invitations-look-title = Thư như người nhận thấy
invitations-test = Gửi thử
invitations-test-to = Gửi thử tới địa chỉ
invitations-test-text = Thư thử mang một mã giả, không dùng được và không tốn mã nào.
invitations-test-subject = [Thử] { $subject }
invitations-test-sent = Thư thử đang được gửi tới { $address }.

mail-trouble-unreachable = Chưa gửi được thư: máy chủ thư không trả lời.
mail-trouble-tls = Chưa gửi được thư: chứng thư của máy chủ thư không đáng tin cậy.
mail-trouble-no_tls = Chưa gửi được thư: máy chủ thư không mã hóa đường truyền.
mail-trouble-password = Chưa gửi được thư: máy chủ thư từ chối tên đăng nhập hoặc mật khẩu.
mail-trouble-sender = Chưa gửi được thư: máy chủ thư từ chối địa chỉ người gửi.
mail-trouble-busy = Máy chủ thư hẹn lại sau.
mail-trouble-folder = Chưa ghi được thư vào thư mục.
mail-trouble-home = Thư vẫn được giữ và tự gửi lại khi máy chủ nhận; xin báo người vận hành.
mail-trouble-since = Từ { $since }. Thư vẫn được giữ và tự gửi lại; xin báo người vận hành. { $reply }

leave-title = Không nhận thư nữa
leave-short = Thư mời góp ý
leave-text = { $owner } gửi thư mời góp ý tới địa chỉ của ông/bà. Bấm nút dưới đây thì đơn vị này không gửi thư mời hay thư nhắc nào nữa.
leave-over = Đợt góp ý này đã kết thúc và địa chỉ của ông/bà đã bị xóa. Bấm nút dưới đây cũng không sao.
leave-now = Không gửi thư cho tôi nữa
leave-link-stays = Đường dẫn trong thư đã nhận vẫn dùng được, nếu ông/bà muốn góp ý.
leave-done-title = Đã ghi nhận
leave-done = Đơn vị này không gửi thư tới địa chỉ của ông/bà nữa. Thư đang trên đường có thể vẫn đến. Đường dẫn đã nhận vẫn dùng được.

audit-invitees-added = Thêm địa chỉ mời
audit-invitees-changed = Xóa hoặc đánh dấu địa chỉ mời
audit-mailing-planned = Xếp lịch gửi thư
audit-mailing-stopped = Dừng thư
