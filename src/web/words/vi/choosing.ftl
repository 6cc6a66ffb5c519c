check-mend = Sửa
check-done = Xong
check-missing = Còn thiếu
check-advice = Nên xem
check-closing = Giờ đóng ở sau lúc này.
check-contact = Có nơi liên hệ.
check-schools = Đã chọn trường.
check-links = Các trường có mã QR.
check-notice = Có thư gửi cha mẹ học sinh; người trả lời xem được ở trang đầu.
check-approved = Đã có người thứ hai duyệt.
check-no-codes = Đợt dùng mã một lần nhưng chưa tạo mã nào để phát.
check-no-results = Chưa hẹn ngày báo kết quả cho người trả lời.
check-no-number = Kế hoạch của đợt chưa ghi số văn bản.
check-crowd = Có người đã được hỏi nhiều trong học kỳ này.
check-try = Nên điền thử phiếu một lần trên điện thoại: phiếu thử không lưu, không tính.
open-no-notice = Đợt hỏi học sinh: phần lớn chưa đủ 16 tuổi, nên cha mẹ phải được báo trước. Xin soạn thư gửi cha mẹ rồi mới mở.
children-title = Thư gửi cha mẹ học sinh
children-intro = Đợt này hỏi học sinh chưa đủ 16 tuổi. Cha mẹ được báo trước: ai hỏi, hỏi gì, để làm gì, có bắt buộc không. Thư nằm ở trang đầu của phiếu; nhà trường gửi trước khi mở.
children-not-needed = Đợt này không hỏi học sinh, nên không bắt buộc có thư.
children-text = Nội dung thư
children-hint = Mỗi đoạn một dòng. Sửa được cho đến khi mở đợt.
children-hint-proposal = Dưới đây là thư soạn sẵn, chưa lưu. Xin đọc, sửa cho đúng rồi lưu.
children-wrong = Thư quá ngắn. Xin ghi ai hỏi, hỏi gì, để làm gì và cha mẹ không đồng ý thì làm thế nào.
children-save = Lưu thư
children-none = Không có thư.
children-proposal =
    Kính gửi cha mẹ học sinh,

    { $owner } lấy ý kiến học sinh trong đợt “{ $title }”, đến { "{" }han{ "}" }, để nhà trường và cơ quan quản lý phục vụ các em tốt hơn.

    Phiếu không hỏi tên, số điện thoại, lớp cụ thể hay tài khoản; không ai biết phiếu nào của em nào. Các em trả lời hoặc không trả lời đều không ảnh hưởng đến việc học và đánh giá.

    Khi đợt mở, cha mẹ quét mã QR của trường là xem được mọi câu hỏi. Nếu không muốn con trả lời, cha mẹ chỉ cần nói với con; không phải báo ai và không cần lý do.

    Mọi thắc mắc xin hỏi: { "{" }lien_he{ "}" }.
said-notice-saved = Đã lưu thư gửi cha mẹ học sinh.
parents-notice = Thư gửi cha mẹ học sinh
parents-notice-back = Về trang đầu của phiếu
choice-title = Chọn trường theo quy tắc
choice-link = Chọn trường theo quy tắc
choice-intro = Chọn theo cấp học, loại hình, phường; thêm hay bớt từng trường ở trang trước. Quy tắc được giữ lại và dùng cho năm sau.
choice-too-late = Đợt đã mở nên danh sách không đổi theo quy tắc nữa; thêm hay bớt từng trường ở trang “Trường được hỏi”.
choice-how = Cách chọn
choice-by-rule = Theo quy tắc dưới đây
choice-by-rule-hint = Cùng với các trường đã thêm bằng tay, trừ các trường đã bớt.
choice-by-hand = Chỉ các trường chọn bằng tay
choice-by-hand-hint = Bỏ qua cấp học, loại hình và phường bên dưới.
choice-levels = Cấp học
choice-types = Loại hình
choice-wards = Thuộc cơ quan
choice-none-is-all = Không chọn gì nghĩa là mọi trường.
choice-hands = Chọn bằng tay
choice-also = Luôn có
choice-except = Luôn bớt
choice-forget = Bỏ các lựa chọn bằng tay này
choice-gives = { $n ->
   *[other] Quy tắc nay cho { $shown } trường
}
choice-would-give = { $n ->
   *[other] Quy tắc này sẽ cho { $shown } trường
}
choice-new = Thêm vào đợt:
choice-gone = Bớt khỏi đợt:
choice-same = Đúng như danh sách của đợt.
choice-list = Xem danh sách
choice-try = Xem thử
choice-take = Lưu và áp dụng
choice-nobody = Quy tắc này không cho trường nào có cấp học của mẫu phiếu.
said-chosen = { $n ->
   *[other] Đợt nay hỏi { $shown } trường.
}
settings-title = Cài đặt
settings-intro = Mọi điều đã định về đợt, bằng lời thường. Sửa được cho đến khi mở đợt.
settings-fixed = Đợt đã mở: những điều người trả lời đã được biết không đổi nữa.
settings-change = Sửa
settings-see = Xem
settings-when = Thời gian
settings-mode = Hình thức
settings-mode-text = Người trả lời tự điền trên điện thoại hay máy tính của mình, trên máy đặt chung tại trường, hoặc nhờ cán bộ phường, Mặt trận nhập hộ.
settings-most = Số phiếu nhận
settings-most-any = Không giới hạn.
settings-most-unit = Nhiều nhất { $most } phiếu mỗi trường.
settings-most-groups = { $n ->
   *[other] Có giới hạn riêng cho { $shown } nhóm.
}
settings-anonymous = Ẩn danh
settings-anonymous-text = Luôn ẩn danh: không lưu tên, điện thoại, địa chỉ mạng hay giờ gửi. Không ai tắt được điều này.
settings-seen = Ai xem kết quả
settings-seen-text = Cơ quan chủ trì xem số liệu; người khác chỉ thấy bản công bố, trong đó nhóm dưới { $k } phiếu được giấu.
sealed-yes = Niêm phong: không ai xem được câu trả lời trước khi chốt số liệu.
sealed-no = Không niêm phong: người có quyền xem được câu trả lời trong khi lấy ý kiến.
settings-interim-yes = Có, khi đủ phiếu mới để không lộ ai đã trả lời.
settings-interim-no = Không; chỉ công bố sau khi chốt số liệu.
settings-pictures-yes = Nhận ảnh, ở những câu hỏi có ảnh.
settings-pictures-no = Không nhận ảnh.
settings-two = Cần người thứ hai duyệt trước khi mở.
settings-one = Cơ quan không bắt buộc người thứ hai duyệt.
settings-minimum = Chỉ công bố nhóm có từ bao nhiêu phiếu
settings-minimum-hint = Không dưới { $least }; ghi số lớn hơn để bảo vệ người trả lời kỹ hơn.
settings-minimum-wrong = Xin ghi một số từ { $least } đến { $most }.
settings-minimum-save = Lưu
said-minimum = Nay chỉ công bố nhóm có từ { $k } phiếu.
